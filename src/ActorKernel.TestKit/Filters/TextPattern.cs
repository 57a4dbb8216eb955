using System.Text.RegularExpressions;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>What a text must be: all that is given must hold.</summary>
internal sealed record TextPattern(string? Whole, string? Start, string? Contains, Regex? Pattern)
{
    public bool Matches(string text) =>
        (Whole is null || text == Whole)
        && (Start is null || text.StartsWith(Start, StringComparison.Ordinal))
        && (Contains is null || text.Contains(Contains, StringComparison.Ordinal))
        && (Pattern is null || Pattern.IsMatch(text));

    public override string ToString() => string.Concat(
        Whole is null ? "" : $" that says \"{Whole}\"",
        Start is null ? "" : $" that starts with \"{Start}\"",
        Contains is null ? "" : $" that contains \"{Contains}\"",
        Pattern is null ? "" : $" that matches /{Pattern}/");
}
