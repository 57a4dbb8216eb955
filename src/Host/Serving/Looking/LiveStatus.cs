using DklActors.Actors.Experiments;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;

namespace DklActors.Host.Serving.Looking;

/// <summary>What only the actors of a run know, not its journal.</summary>
internal static class LiveStatus
{
    public static BeamView BeamOf(LiveRun live) => BeamView.Unknown;

    public static IReadOnlyList<HoldView> HoldsOf(LiveRun live) =>
        live.Feed.Picture.State is { Run: RunState.Paused, Pause: { } pause } ? [new HoldView(pause.By, pause.Reason)] : [];
}
