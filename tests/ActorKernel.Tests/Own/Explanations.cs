using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>
/// Akka.NET fails in the same cases with less to say, or says nothing: a null message is lost, unless its receiver has
/// not started yet.
/// </summary>
public sealed class Explanations : ActorTest
{
    [Fact]
    public async Task A_question_without_answer_names_the_actor_the_message_and_the_time()
    {
        var reply = NewProbe("silent").Ref.Ask<string>("hello", TimeSpan.FromSeconds(3));
        Clock.Advance(TimeSpan.FromSeconds(3));
        (await FluentActions.Awaiting(() => reply.WaitAsync(Patience)).Should().ThrowAsync<AskTimeoutException>())
            .WithMessage("*/user/silent*String*00:00:03*");
    }

    [Fact]
    public async Task A_failed_construction_has_what_the_constructor_threw_as_its_cause()
    {
        var cause = Boom();
        var seen = new TaskCompletionSource<Exception>();
        var parent = Sys.ActorOf(Puppet.Props(NewProbe(), PuppetTraits.Supervising(failure =>
        {
            seen.TrySetResult(failure);
            return Directive.Stop;
        })));
        await ChildOfAsync(parent, Puppet.Props(NewProbe(), new PuppetTraits { OnConstruct = () => throw cause }));
        (await seen.Task.WaitAsync(Patience)).InnerException.Should().BeSameAs(cause);
    }

    [Fact]
    public async Task A_piped_null_arrives_as_a_failure_that_says_what_to_do()
    {
        var probe = NewProbe();
        await Task.FromResult<string?>(null).PipeTo(probe.Ref);
        (await probe.ExpectAsync<Status.Failure>()).Cause.Should().BeOfType<InvalidMessageException>()
            .Which.Message.Should().Contain("success function");
    }

    [Fact]
    public void A_null_message_is_refused() => FluentActions.Invoking(() => NewProbe().Ref.Tell(null!)).Should()
        .Throw<InvalidMessageException>();

    [Fact]
    public void Props_take_only_a_constructor_expression()
    {
        var ready = (Bare)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(Bare));
        FluentActions.Invoking(() => Props.Create(() => ready)).Should().Throw<ArgumentException>()
            .WithMessage("*new Bare(…)*");
    }

    private sealed class Bare : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
