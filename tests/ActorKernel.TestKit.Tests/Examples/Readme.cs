using System.Text.RegularExpressions;

namespace DklActors.ActorKernel.TestKit.Tests.Examples;

public sealed partial class Readme
{
    [Fact]
    public void Every_block_of_code_is_part_of_a_test()
    {
        var root = RepositoryRoot.Folder;
        var tests = Flat(string.Concat(
            Directory.GetFiles(Path.Combine(root, "tests", "ActorKernel.TestKit.Tests", "Examples"), "*.cs")
                .Select(File.ReadAllText)));
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(root, "src", "ActorKernel.TestKit", "README.md")));

        blocks.Should().HaveCount(8);
        blocks.Select(block => Flat(block.Groups[1].Value)).Should().OnlyContain(block => tests.Contains(block));
    }

    private static string Flat(string code) => Blanks().Replace(code, " ");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
