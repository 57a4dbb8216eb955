using System.Collections.Immutable;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Comparing;

/// <summary>Measures every candidate once, at no cost of time and dose: only virtual microscopes can.</summary>
internal static class KnownScalarsReader
{
    public static KnownScalars Read(Experiment experiment, StructuralImage image)
    {
        IInstrument microscope = experiment.Microscope;
        IKnownTruth known = experiment.RequireTruth();
        CandidateSet all = experiment.CandidatesIn(image);
        double[] truth = KnownMap.Of(microscope, experiment.Scalarizer, all)!.Values;
        CandidateSet candidates = WithoutUnknown(all, truth);
        ImmutableArray<int> seeds = SeedsOf(experiment, candidates);
        double[] finite = [.. truth.Where(double.IsFinite)];
        if (!known.IsNoiseFree)
        {
            return new KnownScalars(candidates, finite, ErrorsOf(experiment, candidates), finite)
            {
                SeedPoints = seeds,
            };
        }

        double[] measured = new double[candidates.Count];
        double[] errors = new double[candidates.Count];
        for (int i = 0; i < measured.Length; i++)
        {
            ScalarResult scalar = experiment.Scalarizer.At(
                candidates.PointAt(i), microscope.Probe.ScanWindow,
                point => known.MeasuredAt(point, experiment.Recipe.Seed));
            (measured[i], errors[i]) = scalar.Quality == ScalarQuality.Bad
                ? (double.NaN, 0)
                : (scalar.Value, scalar.StandardError);
        }

        return new KnownScalars(candidates, measured, errors, finite) { SeedPoints = seeds };
    }

    /// <summary>A place whose truth is not a number can be neither measured nor scored.</summary>
    private static CandidateSet WithoutUnknown(CandidateSet all, double[] truth)
    {
        IEnumerable<int> known = Enumerable.Range(0, all.Count).Where(i => double.IsFinite(truth[i]));
        return CandidateSet.Among(all.Image, all.Window, [.. known.Select(all.PointAt)]);
    }

    private static ImmutableArray<int> SeedsOf(Experiment experiment, CandidateSet candidates) =>
    [
        .. experiment.SettingsFor(experiment.Recipe.Name).Plan.GivenSeeds
            .Select(point => candidates.TryIndexOf(point, out int candidate) ? candidate : -1)
            .Where(candidate => candidate >= 0),
    ];

    private static double[] ErrorsOf(Experiment experiment, CandidateSet candidates) =>
    [
        .. Enumerable.Range(0, candidates.Count).Select(i =>
            experiment.Scalarizer.At(
                candidates.PointAt(i), experiment.Microscope.Probe.ScanWindow, experiment.RequireTruth().FrameAt)
                .StandardError),
    ];
}
