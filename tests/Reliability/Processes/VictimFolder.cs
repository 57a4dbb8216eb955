using DklActors.Host.Running;

namespace DklActors.Reliability.Processes;

/// <summary>A folder with one run in it, and beside it what is known of it from outside.</summary>
internal sealed record VictimFolder(string Root)
{
    public string Run => Path.Combine(Root, "run");

    public string Journal => Path.Combine(Run, "journal.db");

    /// <summary>The electron column.</summary>
    public string Column => Path.Combine(Root, "column");

    /// <summary>What the processes said of themselves.</summary>
    public string Witness => Path.Combine(Root, "witness");

    /// <summary>Whether there is a run to continue, by the rule that <c>dkl run</c> tells a person.</summary>
    public bool HoldsRun => RunFolder.HoldsRun(Run) && File.Exists(RunFolder.RecipeIn(Run));
}
