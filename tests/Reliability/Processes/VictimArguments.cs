using System.Globalization;

namespace DklActors.Reliability.Processes;

/// <summary>What a process that is to be broken is started with.</summary>
/// <param name="Folder">Folder of the run and of what is known of it from outside.</param>
/// <param name="Process">Which process of the run it is, from 1.</param>
internal sealed record VictimArguments(string Folder, int Process)
{
    /// <summary>The first argument of such a process.</summary>
    public const string Word = "victim";

    /// <summary>Recipe of the run, as overrides of the sample's.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Whether the run in the folder is continued.</summary>
    public bool Resume { get; init; }

    /// <summary>Where it dies, or null.</summary>
    public string? Failpoint { get; init; }

    /// <summary>Where its disk is full, or null.</summary>
    public string? FullAt { get; init; }

    /// <summary>At, or from, which passing of the failpoint, from 1.</summary>
    public int Passing { get; init; } = 1;

    /// <summary>Pages that the journal's file may have, 0 for as many as it likes; one more is SQLITE_FULL.</summary>
    public int MostPages { get; init; }

    /// <summary>How many days the wall clock jumps, back and forth, 0 for not at all.</summary>
    public int ClockJumpDays { get; init; }

    public IReadOnlyList<string> ToArguments()
    {
        List<string> arguments = [Word, Folder, $"{Process}"];
        Add("resume", Resume ? "yes" : null);
        Add("failpoint", Failpoint);
        Add("full-at", FullAt);
        Add("passing", $"{Passing}");
        Add("most-pages", $"{MostPages}");
        Add("clock-jump-days", $"{ClockJumpDays}");
        foreach (string each in Set)
        {
            Add("set", each);
        }

        return arguments;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([name, value]);
            }
        }
    }

    public static VictimArguments Parse(string[] arguments)
    {
        (string Name, string Value)[] pairs = [.. arguments.Skip(3).Chunk(2).Select(pair => (pair[0], pair[1]))];
        return new VictimArguments(arguments[1], Number(arguments[2]))
        {
            Set = [.. pairs.Where(pair => pair.Name == "set").Select(pair => pair.Value)],
            Resume = ValueOf("resume") is not null,
            Failpoint = ValueOf("failpoint"),
            FullAt = ValueOf("full-at"),
            Passing = Number(ValueOf("passing")!),
            MostPages = Number(ValueOf("most-pages")!),
            ClockJumpDays = Number(ValueOf("clock-jump-days")!),
        };

        string? ValueOf(string name) => pairs.FirstOrDefault(pair => pair.Name == name).Value;

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
