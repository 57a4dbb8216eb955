using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Learning.Randomness;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.Ensembles;

/// <summary>Samples of which it is known where the information is.</summary>
internal static class Samples
{
    private const int Side = 36;

    /// <summary>A texture that says nothing about where it is: smoothed noise.</summary>
    public static CandidateSet Texture(ulong seed)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SeedDesign, 1);
        var shape = new GridShape(Side, Side);
        float[] noise = [.. Enumerable.Range(0, shape.Count).Select(_ => (float)random.NextGaussian())];
        float[] smooth = [.. GaussianJet.Compute(noise, shape, 1.3).Smooth.Select(value => (float)value)];
        return CandidateSet.Create(
            new StructuralImage("HAADF", shape, new Nanometre(1.0), smooth), new PatchWindow(5));
    }

    /// <summary>The value is the brightness and a little noise.</summary>
    public static ImmutableArray<Observation> OfStructure(CandidateSet candidates, int count, ulong seed) =>
        Observe(candidates, count, seed, (point, noise) => (20.0 * candidates.Image[point]) + (0.2 * noise));

    /// <summary>The value is a wave over the image and a little noise.</summary>
    public static ImmutableArray<Observation> OfPosition(CandidateSet candidates, int count, ulong seed) =>
        Observe(candidates, count, seed, static (point, noise) =>
            (3.0 * Math.Sin(0.15 * point.Row)) + (2.0 * Math.Cos(0.12 * point.Column)) + (0.1 * noise));

    /// <summary>The value is noise.</summary>
    public static ImmutableArray<Observation> OfNothing(CandidateSet candidates, int count, ulong seed) =>
        Observe(candidates, count, seed, static (_, noise) => 7.0 + (3.0 * noise));

    private static ImmutableArray<Observation> Observe(
        CandidateSet candidates, int count, ulong seed, Func<GridPoint, double, double> value)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SeedDesign, 2);
        int[] chosen =
            [.. Enumerable.Range(0, candidates.Count).OrderBy(_ => random.NextUInt64()).Take(count)];
        return
        [
            .. chosen.Select(candidate =>
                new Observation(candidate, value(candidates.PointAt(candidate), random.NextGaussian()), 0.0)),
        ];
    }
}
