using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Style;

public sealed class KernelSizeTests
{
    private const int MostCodeLines = 3000;

    /// <summary>Small enough to be read as a whole by who trusts it.</summary>
    [Fact]
    public void The_kernel_has_at_most_3000_lines_of_code() =>
        Repository.Sources.Where(file => file.Path.StartsWith("src/ActorKernel/", StringComparison.Ordinal))
            .SelectMany(file => file.Lines).Count(IsCode).Should().BeInRange(1000, MostCodeLines);

    [Theory]
    [InlineData("    return 1; // because", true)]
    [InlineData("    }", true)]
    [InlineData("    // why", false)]
    [InlineData("/// <summary>", false)]
    [InlineData("   ", false)]
    public void Blank_lines_and_lines_that_are_only_comment_do_not_count(string line, bool counts) =>
        IsCode(line).Should().Be(counts);

    private static bool IsCode(string line) =>
        !string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal);
}
