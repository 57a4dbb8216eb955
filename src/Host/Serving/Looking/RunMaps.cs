using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Looking;

/// <summary>Draws the maps of a moment.</summary>
internal static class RunMaps
{
    /// <summary>Null where there is no such map, or not yet.</summary>
    public static FloatArray? Of(MapKind kind, Moment moment) => kind switch
    {
        _ when moment.Image is null => null,
        MapKind.Structure => StructureOf(moment.Image),
        MapKind.Dose => DoseOf(moment.State, moment.Image),
        _ when moment.Candidates is null => null,
        MapKind.Truth => moment.Truth() is { } truth ? Scalars(moment, truth.Values, "Truth") : null,
        _ when moment.Posterior is null => null,
        MapKind.Prediction => Scalars(moment, moment.Posterior.Mean, "Prediction"),
        MapKind.Uncertainty => Scalars(moment, moment.Posterior.LatentDeviations(), "Uncertainty (1σ)"),
        _ => Acquisition(moment, moment.Plan),
    };

    /// <summary>What an acquisition function says of the belief of a moment, the pending points taken for measured.
    /// </summary>
    public static FloatArray? Acquisition(Moment moment, PlanSettings plan) =>
        moment is { Candidates: { } candidates, Posterior: { } posterior }
            ? Paint(
                moment, ScoresOf(moment.State, moment.Design.Settings.Seed, plan, candidates, posterior),
                plan.Acquisition.Identity, "")
            : null;

    /// <summary>Scores of all candidates; NaN where nothing may be planned any more.</summary>
    public static double[] ScoresOf(
        ExperimentState state, ulong runSeed, PlanSettings plan, CandidateSet candidates, Posterior posterior)
    {
        Posterior belief = posterior;
        foreach (PointState point in state.Points.Values)
        {
            if ((point.IsOutstanding || point.AwaitsScalar) && point.Centre is null
                && candidates.TryIndexOf(point.Target, out int pending))
            {
                belief = belief.Believe(pending);
            }
        }

        double[] scores = new double[candidates.Count];
        double best = plan.Goal.BestOf(state.UsableScalars().Select(static usable => usable.Scalar.Value));
        ulong seed = RunSeeds.Decision(runSeed, new PointId(state.Points.Count + 1).Value);
        plan.Acquisition.Score(
            new AcquisitionInput(belief, best, plan.Goal, seed)
            {
                Trail = new ProbeTrail(candidates, [.. state.Points.Values.Select(static point => point.Target)]),
            },
            scores);
        foreach (PointState point in state.Points.Values)
        {
            if (candidates.TryIndexOf(point.Target, out int planned))
            {
                scores[planned] = double.NaN;
            }
        }

        for (int candidate = 0; candidate < scores.Length; candidate++)
        {
            scores[candidate] = plan.Allows(candidates.PointAt(candidate)) ? scores[candidate] : double.NaN;
        }

        return scores;
    }

    private static FloatArray StructureOf(StructuralImage image) =>
        new(image.Shape.Rows, image.Shape.Columns, image.Values.ToArray(), image.Channel, "");

    private static FloatArray DoseOf(ExperimentState state, StructuralImage image)
    {
        float[] dose = new float[image.Shape.Count];
        Array.Fill(dose, Of(state.Dose.ElectronsEverywhere));
        foreach ((GridPoint pixel, double electrons) in state.Dose.ElectronsByPixel)
        {
            if (image.Shape.Contains(pixel))
            {
                dose[image.Shape.IndexOf(pixel)] = Of(electrons + state.Dose.ElectronsEverywhere);
            }
        }

        return new FloatArray(image.Shape.Rows, image.Shape.Columns, dose, "Dose", "e/Å²");

        float Of(double electrons) => (float)Actors.Dosimetry.DoseLedger.DoseOf(electrons, image.PixelSize)
            .ElectronsPerSquareAngstrom;
    }

    private static FloatArray Scalars(Moment moment, ReadOnlySpan<double> values, string label) =>
        Paint(moment, values, label, moment.Design.Scalarizer.Unit);

    private static FloatArray Paint(Moment moment, ReadOnlySpan<double> values, string label, string unit)
    {
        CandidateSet candidates = moment.Candidates!;
        GridShape shape = candidates.Image.Shape;
        double[] map = CandidateMap.Paint(candidates, values, moment.Design.Settings.SiteExtent);
        return new FloatArray(
            shape.Rows, shape.Columns, Array.ConvertAll(map, static value => (float)value), label, unit);
    }
}
