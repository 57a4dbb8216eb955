using DklActors.Actors.Drifting;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Drifting;

/// <summary>A laboratory whose sample moves with every exposure, and an experiment that looks at that.</summary>
internal static class DriftingLaboratory
{
    /// <summary>px an exposure: along the rows as far as along the columns, the other way.</summary>
    public const double Step = 0.2;

    public static DriftSettings Settings { get; } = new()
    {
        EveryFrames = 3,
        LargestShiftPixels = 12,
        LargestStepPixels = 4,
        LeastQuality = 0.9,
        LargestChance = 1e-3,
        Unsure = UnsureDrift.GoOn,
        Settle = TimeSpan.FromMilliseconds(20),
        MostLooksHeld = 3,
        // The clock of this laboratory says nothing of its exposures.
        Extrapolates = false,
    };

    public static Laboratory Create(DriftSettings? settings, double step = Step, double surveyNoise = 0.05)
    {
        var laboratory = new Laboratory(
            drift: new SampleDrift(step, -step, 0, DriftPace.Exposure), surveyNoise: surveyNoise);
        laboratory.Settings = laboratory.Settings with { Drift = settings };
        return laboratory;
    }

    public static JournalEvent[] EventsOf(Laboratory laboratory) =>
        [.. laboratory.Diary.Events.Select(stored => stored.Event)];
}
