using DklActors.ActorKernel.TestKit.Assertions;

namespace DklActors.ActorKernel.TestKit.Tests.Kit;

internal static class Failing
{
    /// <summary>The action must fail as an expectation does, with a message like this.</summary>
    public static void ShouldFail(this Action action, string message) =>
        action.Should().Throw<ExpectationFailedException>().WithMessage(message);

    public static void ShouldFail<T>(this Func<T> function, string message) =>
        function.Should().Throw<ExpectationFailedException>().WithMessage(message);

    public static async Task ShouldFailAsync(this Func<Task> action, string message) =>
        (await action.Should().ThrowAsync<ExpectationFailedException>()).WithMessage(message);
}
