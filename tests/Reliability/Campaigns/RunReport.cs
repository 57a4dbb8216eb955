using DklActors.Reliability.Invariants;

namespace DklActors.Reliability.Campaigns;

/// <summary>What became of one run.</summary>
/// <param name="Kills">Its kills, in order.</param>
/// <param name="BreachesAtTheEnd">What was found when it had come to its end.</param>
/// <param name="Processes">Processes it took.</param>
/// <param name="Events">Events in its journal.</param>
/// <param name="Shots">How often the beam was on.</param>
/// <param name="Measured">Points it has.</param>
internal sealed record RunReport(
    IReadOnlyList<Kill> Kills,
    IReadOnlyList<Breach> BreachesAtTheEnd,
    int Processes,
    int Events,
    int Shots,
    int Measured)
{
    public IEnumerable<Breach> Breaches => Kills.SelectMany(kill => kill.Breaches).Concat(BreachesAtTheEnd);
}
