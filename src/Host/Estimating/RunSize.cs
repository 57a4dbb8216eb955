using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Estimating;

/// <summary>How much a run measures and how long that takes.</summary>
/// <param name="Points">Points with a scalar of their own.</param>
/// <param name="Neighbours">Frames that each scalar needs beside its own.</param>
/// <param name="Exposures">Exposures at most; neighbours that are points already are not exposed again.</param>
/// <param name="Candidates">Places that can be planned.</param>
/// <param name="Survey">Time of the survey.</param>
/// <param name="Each">Time of one exposure, from the move to the frame.</param>
/// <param name="FrameBytes">Bytes of one frame.</param>
/// <param name="Looks">Further surveys, to see how far the sample has drifted.</param>
internal sealed record RunSize(
    int Points, int Neighbours, long Exposures, long Candidates, TimeSpan Survey, TimeSpan Each, long FrameBytes,
    long Looks = 0)
{
    // Events, models, state and logs of a measured point, from finished runs of the samples.
    private const long BytesBesideAFrame = 20_000;

    public TimeSpan Duration => ((1 + Looks) * Survey) + (Exposures * Each);

    /// <summary>Space that the run folder takes, roughly.</summary>
    public long Bytes => Exposures * (FrameBytes + BytesBesideAFrame);

    public static RunSize Of(Experiment experiment)
    {
        Recipe recipe = experiment.Recipe;
        IInstrument microscope = experiment.Microscope;
        InstrumentFacts facts = microscope.Facts;
        long candidates = PlanBuilder.CountCandidates(
            recipe.Planner.Region, recipe.Patch, microscope.Probe.ScanWindow, microscope.Places.Sites);
        int points = recipe.Planner.Seeds + recipe.Planner.Measurements;
        int neighbours = experiment.Scalarizer.Neighbours.Length;
        long places = microscope.Places.Sites?.Count ?? microscope.Probe.ScanWindow.Count;
        long exposures = Math.Min(points * (1L + neighbours), places);
        TimeSpan each = facts.Settle + recipe.Exposure.Dwell + facts.ReadOut;
        return new RunSize(
            points,
            neighbours,
            exposures,
            candidates,
            microscope.Survey.Duration,
            each,
            sizeof(float) * (long)facts.FrameLength,
            LooksOf(recipe.Drift.Every, exposures, each));
    }

    // None after the last exposure.
    private static long LooksOf(DriftInterval every, long exposures, TimeSpan each) => every switch
    {
        { Points: int points } => Math.Max(0, exposures - 1) / points,
        { Time: TimeSpan time } => (long)(Math.Max(0, exposures - 1) * each / time),
        _ => 0,
    };
}
