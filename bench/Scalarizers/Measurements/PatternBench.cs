using DklActors.Measuring;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Rings;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Scalarizers.Measurements;

/// <summary>Patterns a second on one core, and bytes allocated for each.</summary>
internal static class PatternBench
{
    private const double FastLimit = 2000;
    private const double DiscLimit = 40;

    public static void Run(Report report, int rounds, int size)
    {
        GridShape shape = SamplePatterns.Shape(size);
        float[][] patterns = SamplePatterns.Discs(size, 8);
        var centre = new PatternPoint(size / 2.0, size / 2.0);
        report.Heading($"Patterns of {shape}, one core");

        var everything = new CentreOfMassMeter(PatternMask.All(shape), centre);
        Measure(report, rounds, patterns, "centre of mass", FastLimit, counts => everything.Measure(counts, shape).X);
        var within = new CentreOfMassMeter(PatternMask.Disc(shape, centre, size / 3.0), centre, thresholdCounts: 2);
        Measure(
            report, rounds, patterns, "centre of mass in a disc, above a threshold", FastLimit,
            counts => within.Measure(counts, shape).X);
        foreach ((string name, double inner, double outer) in (ReadOnlySpan<(string, double, double)>)
            [("bright field", 0, 10), ("annular bright field", 5, 10), ("annular dark field", size / 4.0, size / 2.0)])
        {
            var detector = new VirtualDetector(PatternMask.Ring(shape, centre, inner, outer));
            Measure(report, rounds, patterns, name, FastLimit, counts => detector.Sum(counts, shape).Value);
        }

        Strain(report, rounds, patterns, shape, centre);
        Others(report, rounds, patterns, shape, centre);
    }

    private static void Strain(
        Report report, int rounds, float[][] patterns, GridShape shape, PatternPoint centre)
    {
        var lattice = new Lattice(
            new LatticeVector(SamplePatterns.A.X, SamplePatterns.A.Y),
            new LatticeVector(SamplePatterns.B.X, SamplePatterns.B.Y));
        var gauge = new StrainGauge(lattice);
        foreach ((string name, double power, Lattice? start, DiscRefinement refinement) in
            (ReadOnlySpan<(string, double, Lattice?, DiscRefinement)>)
        [
            ("discs and strain, cross-correlation", 1, lattice, DiscRefinement.Fourier),
            ("the same, lattice not given", 1, null, DiscRefinement.Fourier),
            ("the same, by parabola", 1, lattice, DiscRefinement.Parabola),
            ("discs and strain, hybrid correlation", 0.5, lattice, DiscRefinement.Fourier),
        ])
        {
            var finder = new DiscFinder(
                ProbeTemplate.Synthetic(shape, SamplePatterns.Radius),
                new DiscOptions { CorrelationPower = power, LeastRelativeHeight = 0.02, Refinement = refinement });
            var fitter = new LatticeFitter(centre, start);
            Disc[] discs = new Disc[finder.MostDiscs];
            int found = 0;
            Measure(report, rounds, patterns, name, DiscLimit, counts =>
            {
                finder.Find(counts, shape, discs, out int count);
                found = count;
                return gauge.Measure(fitter.Fit(discs.AsSpan(0, count))).XX.Value;
            });
            report.Figure("discs in the last pattern", found, string.Empty);
        }
    }

    private static void Others(
        Report report, int rounds, float[][] patterns, GridShape shape, PatternPoint centre)
    {
        var ring = new RingMeter(shape, new RingOptions(centre, Part(0.1), Part(0.45)));
        Measure(report, rounds, patterns, "radius of a ring", null, counts => ring.Radius(counts, shape).StandardError);

        var square = new Lattice(new LatticeVector(17, 2), new LatticeVector(-2, 17));
        float[][] overlapping = SamplePatterns.Overlapping(shape.Rows, 4, square);
        var cepstrum = new CepstralLattice(shape, new CepstrumOptions(), square);
        var refiner = new OverlapRefiner(new OverlapOptions(11));
        var gauge = new StrainGauge(square);
        Measure(
            report, rounds, overlapping, "strain of overlapping discs, cepstrum", null,
            counts => gauge.Measure(cepstrum.Find(counts, shape)).XX.Value);
        Measure(
            report, rounds, overlapping, "the same, refined by a fit of the pattern", null,
            counts => gauge.Measure(refiner.Refine(counts, shape, cepstrum.Find(counts, shape), centre)).XX.Value);

        double Part(double part) => Math.Round(part * shape.Rows);
    }

    private static void Measure(
        Report report, int rounds, float[][] patterns, string name, double? limit, Func<float[], double> measure)
    {
        double checksum = 0;
        int next = 0;
        Timing time = Contest.Run(rounds, () => checksum += measure(patterns[next++ % patterns.Length]))[0];
        if (limit is { } least)
        {
            report.Rate(name, 1000 / time.Median, least, "patterns/s", 1);
        }
        else
        {
            report.Figure(name, 1000 / time.Median, "patterns/s");
        }

        report.Figure("the best round", 1000 / time.Least, "patterns/s");
        const int Repeats = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Repeats; i++)
        {
            checksum += measure(patterns[i % patterns.Length]);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        report.Figure("allocated for a pattern", (double)allocated / Repeats, "bytes");
        if (double.IsNaN(checksum))
        {
            report.Note("A pattern could not be measured: these times mean nothing.");
        }
    }
}
