using System.Text.RegularExpressions;
using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Style;

public sealed class ForbiddenTextTests
{
    /// <summary>Pattern, and what to do instead. No pattern matches its own line here.</summary>
    public static TheoryData<string, string> Rules => new()
    {
        { @"\bDateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)\b", "take the time from a TimeProvider" },
        { @"\bThread\s*\.\s*Sleep\b", "wait on the TimeProvider" },
        { @"\bRandom\s*\.\s*Shared\b", "draw from a seed" },
        { @"\bnew\s+Random\s*\(\s*\)", "draw from a seed" },
        { @"\bRandom\s+\w+\s*=\s*new\s*\(\s*\)", "draw from a seed" },
        { @"\basync\s+void\b", "return a Task" },
        { @"(?:Async\(.*\)|[Tt]ask\w*|Run\(.*\))\.Wait\(", "await" },
        { @"\bTask\s*\.\s*(WaitAll|WaitAny)\b", "await" },
        { @"\b(?:TO(?:)DO|FIX(?:)ME|HA(?:)CK)\b", "do it, or open an issue" },
        { @"\bNotImplemented(?:)Exception\b", "what is not there is absent" },
        { @"""(?:/(?:home|root|work|tmp|mnt|usr|var|Users)/|[A-Z]:\\\\?\w)", "take the path from an option" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void No_source_has(string pattern, string instead)
    {
        var forbidden = new Regex(pattern, RegexOptions.CultureInvariant);

        Repository.Sources.SelectMany(file => file.LinesWhere(forbidden.IsMatch))
            .OnePerLine().Should().BeEmpty(instead);
    }

    [Fact]
    public void No_source_takes_the_result_of_a_task_that_may_not_have_ended()
    {
        // A type may have a property of this name; what is looked for is a call or a task before it.
        var taking = new Regex(
            @"(?:(?:Async\(.*\)|[Tt]ask\w*|\))\.Result\b)|(?:\.GetAwaiter\(\s*\)\s*\.\s*GetResult\b)",
            RegexOptions.CultureInvariant);

        Repository.Sources.SelectMany(file => file.LinesWhere(taking.IsMatch, UnlessItHasEnded))
            .OnePerLine().Should().BeEmpty("await");

        // Who has just looked whether the task has ended does not wait for it.
        static bool UnlessItHasEnded(IEnumerable<string> before) =>
            !before.TakeLast(4).Any(line => line.Contains("IsCompleted", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_catches_what_it_is_for(string pattern, string instead)
    {
        string[] breaches =
        [
            "Date" + "Time.UtcNow", "Thr" + "ead.Sleep(1)", "Ran" + "dom.Shared", "new Ran" + "dom()",
            "Ran" + "dom dice = new()", "async" + " void", "task" + ".Wait()", "Task." + "WaitAll(a)", "// TO" + "DO",
            "throw new NotImplemented" + "Exception()", "\"/ho" + "me/me\"",
        ];

        breaches.Should().ContainSingle(breach => Regex.IsMatch(breach, pattern), instead);
    }
}
