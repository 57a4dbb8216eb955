using DklActors.Reliability.Invariants;

namespace DklActors.Reliability.Campaigns;

/// <summary>What the runs of a campaign add up to.</summary>
/// <param name="wanted">Kills that are enough.</param>
internal sealed class CampaignTally(int wanted)
{
    private const int ShownEvery = 50;

    private readonly Lock _gate = new();
    private readonly List<Kill> _kills = [];
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private int _runs;
    private int _processes;
    private int _events;
    private int _shots;
    private int _breaches;

    public bool IsEnough
    {
        get
        {
            lock (_gate)
            {
                return _kills.Count >= wanted;
            }
        }
    }

    public IReadOnlyList<Kill> Kills => _kills;

    public int BrokenRuns { get; private set; }

    public void Add(RunReport report)
    {
        lock (_gate)
        {
            int before = _kills.Count / ShownEvery;
            _kills.AddRange(report.Kills);
            _runs++;
            _processes += report.Processes;
            _events += report.Events;
            _shots += report.Shots;
            _breaches += report.Breaches.Count();
            BrokenRuns += report.Breaches.Any() ? 1 : 0;
            if (_kills.Count / ShownEvery > before)
            {
                Console.WriteLine($"{_kills.Count} kills, {BrokenRuns} runs broken");
            }
        }
    }

    public override string ToString()
    {
        TimeSpan took = TimeProvider.System.GetElapsedTime(_startedAt);
        Kill[] on = [.. _kills.Where(kill => kill.BeamWasOn)];
        int atFailpoints = _kills.Count(kill => kill.Plan.Failpoint is not null);
        return $"{_kills.Count} kills, {atFailpoints} of them at failpoints, in {_runs} runs and "
            + $"{_processes} processes, {_events} events, {_shots} times beam on, in "
            + $"{took.TotalMinutes:F1} min ({_kills.Count / took.TotalMinutes:F0} kills a minute).\n"
            + $"The beam was on at {on.Length} deaths: the instrument's timer blanked "
            + $"{on.Count(kill => kill.BlankedByTimer)} times, the process that took the run up "
            + $"{on.Count(kill => !kill.BlankedByTimer)} times before it journaled anything.\n"
            + $"{_kills.Sum(kill => kill.Unknown)} intents left without an answer by a process that knew of them; "
            + $"{_breaches} promises broken in {BrokenRuns} runs.";
    }
}
