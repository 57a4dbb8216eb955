using DklActors.Host.Composition;
using DklActors.Host.Recipes;
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
internal sealed record RunSize(
    int Points, int Neighbours, long Exposures, long Candidates, TimeSpan Survey, TimeSpan Each, long FrameBytes)
{
    // Events, models, state and logs of a measured point, from finished runs of the samples.
    private const long BytesBesideAFrame = 20_000;

    public TimeSpan Duration => Survey + (Exposures * Each);

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
        return new RunSize(
            points,
            neighbours,
            Math.Min(points * (1L + neighbours), places),
            candidates,
            microscope.Survey.Duration,
            facts.Settle + recipe.Exposure.Dwell + facts.ReadOut,
            sizeof(float) * (long)facts.FrameLength);
    }
}
