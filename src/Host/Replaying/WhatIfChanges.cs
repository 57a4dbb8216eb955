using System.Text;
using DklActors.Host.Commands;

namespace DklActors.Host.Replaying;

/// <summary>What <c>--what-if</c> asks for, as keys of the recipe.</summary>
/// <param name="Overrides">Dotted keys and values.</param>
/// <param name="Label">As the person wrote it, for tables and figures.</param>
internal sealed record WhatIfChanges(IReadOnlyList<(string Key, string Value)> Overrides, string Label)
{
    private const int LongestName = 60;

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["ei"] = "expected-improvement",
        ["lei"] = "log-expected-improvement",
        ["nei"] = "noisy-expected-improvement",
        ["pi"] = "probability-of-improvement",
        ["ucb"] = "upper-confidence-bound",
        ["kg"] = "knowledge-gradient",
        ["ivr"] = "integrated-variance-reduction",
        ["mu"] = "maximum-uncertainty",
    };

    /// <summary>Name of a folder for it: a-z, 0-9 and hyphens.</summary>
    public string FolderName
    {
        get
        {
            var name = new StringBuilder("what-if");
            bool isGap = true;
            foreach (char letter in Label.ToLowerInvariant())
            {
                bool isPlain = char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
                if (isPlain)
                {
                    name.Append(isGap ? "-" : "").Append(letter);
                }

                isGap = !isPlain;
            }

            return name.ToString()[..Math.Min(name.Length, LongestName)];
        }
    }

    /// <exception cref="UsageException">A change without a key and a value.</exception>
    public static WhatIfChanges Parse(IReadOnlyList<string> texts) =>
        new([.. texts.SelectMany(ParseOne)], string.Join(", ", texts));

    private static IEnumerable<(string Key, string Value)> ParseOne(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
        {
            throw new UsageException(
                $"--what-if {text}: expected key=value, such as --what-if acquisition=upper-confidence-bound.");
        }

        (string key, string value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        return key switch
        {
            "acquisition" or "planner.acquisition" => Acquisition(value),
            "scalarizer" => Scalarizer(value),
            "model" => [("learning.model", value)],
            _ => [(key, value)],
        };
    }

    private static IEnumerable<(string Key, string Value)> Acquisition(string value) =>
        value.Contains(" until ", StringComparison.Ordinal)
            ? [("planner.acquisition", "schedule"), ("planner.schedule", value)]
            : [("planner.acquisition", ShortNames.GetValueOrDefault(value, value))];

    // KIND, KIND WINDOW or KIND WINDOW over REFERENCE.
    private static IEnumerable<(string Key, string Value)> Scalarizer(string value)
    {
        string[] kind = value.Split(' ', 2, StringSplitOptions.TrimEntries);
        yield return ("scalarizer.kind", kind[0]);
        if (kind.Length == 1)
        {
            yield break;
        }

        string[] windows = kind[1].Split(" over ", 2, StringSplitOptions.TrimEntries);
        yield return ("scalarizer.window", windows[0]);
        if (windows.Length == 2)
        {
            yield return ("scalarizer.reference", windows[1]);
        }
    }
}
