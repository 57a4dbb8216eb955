using DklActors.Host.Commands;
using DklActors.Host.Reporting;

namespace DklActors.Host.Running;

/// <summary>What is left of a run for people.</summary>
/// <param name="Summary">In numbers.</param>
/// <param name="Figures">Paths of the figures, the overview first.</param>
/// <param name="Troubles">What could not be written, in words.</param>
/// <param name="Exit">How a process that did nothing else should end.</param>
internal sealed record RunReport(
    RunSummary Summary, IReadOnlyList<string> Figures, IReadOnlyList<string> Troubles, ExitCode Exit);
