using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Comparing;

/// <summary>Measures every candidate once, at no cost of time and dose: only virtual microscopes can.</summary>
internal static class KnownScalarsReader
{
    public static KnownScalars Read(Experiment experiment, StructuralImage image)
    {
        VirtualMicroscope microscope = experiment.Microscope;
        var all = CandidateSet.Create(image, experiment.Recipe.Patch);
        double[] truth = KnownMap.Of(microscope, experiment.Scalarizer, all)!.Values;
        CandidateSet candidates = WithoutUnknown(all, image, experiment.Recipe.Patch, truth);
        double[] known = [.. truth.Where(double.IsFinite)];
        if (!microscope.IsNoiseFree)
        {
            return new KnownScalars(candidates, known, ErrorsOf(experiment, candidates), known);
        }

        double[] measured = new double[candidates.Count];
        double[] errors = new double[candidates.Count];
        for (int i = 0; i < measured.Length; i++)
        {
            Frame frame = microscope.MeasuredAt(candidates.PointAt(i), experiment.Recipe.Seed);
            ScalarResult scalar = experiment.Scalarizer.Evaluate(frame);
            (measured[i], errors[i]) = scalar.Quality == ScalarQuality.Bad
                ? (double.NaN, 0)
                : (scalar.Value, scalar.StandardError);
        }

        return new KnownScalars(candidates, measured, errors, known);
    }

    /// <summary>A place whose truth is not a number can be neither measured nor scored.</summary>
    private static CandidateSet WithoutUnknown(
        CandidateSet all, StructuralImage image, PatchWindow patch, double[] truth)
    {
        bool[] mask = new bool[image.Shape.Count];
        for (int i = 0; i < truth.Length; i++)
        {
            mask[image.Shape.IndexOf(all.PointAt(i))] = !double.IsFinite(truth[i]);
        }

        return CandidateSet.Create(image, patch, mask);
    }

    private static double[] ErrorsOf(Experiment experiment, CandidateSet candidates) =>
    [
        .. Enumerable.Range(0, candidates.Count).Select(i =>
            experiment.Scalarizer.Evaluate(experiment.Microscope.FrameAt(candidates.PointAt(i))).StandardError),
    ];
}
