using DklActors.Actors.Interlock;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Watching;

namespace DklActors.Host.Serving.Looking;

/// <summary>What only the actors of a run know, not its journal.</summary>
internal static class LiveStatus
{
    public static BeamView BeamOf(LiveRun live)
    {
        BeamStatus beam = live.Runner.Beam;
        LeaseView? lease = beam is { Lease: { } held, Left: { } left }
            ? new LeaseView(
                held.Point.Value, held.Attempt, held.Dwell.TotalMilliseconds,
                Math.Max(0, left.TotalMilliseconds), held.LongestWallTime.TotalMilliseconds)
            : null;
        return new BeamView(beam.IsBlanked, lease, beam.Alarm, WatchdogOf(live.Watched));
    }

    private static WatchdogState WatchdogOf(WatchState state) => state switch
    {
        WatchState.Armed => WatchdogState.Armed,
        WatchState.Lost => WatchdogState.Lost,
        _ => WatchdogState.None,
    };

    public static IReadOnlyList<HoldView> HoldsOf(LiveRun live) =>
        [.. live.Runner.Holds.Select(static hold => new HoldView(hold.By, hold.Reason))];
}
