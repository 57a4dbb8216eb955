using System.Text.Json;
using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Rings;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class ReferenceTests
{
    [Fact]
    public void Spectra_are_those_of_numpy()
    {
        foreach (JsonElement one in ReferenceNumbers.Of("fourier"))
        {
            (int rows, int columns) = (one.Whole("rows"), one.Whole("columns"));
            float[] image = [.. Enumerable.Range(0, rows * columns)
                .Select(static i => (float)((i * 7919L % 1009 / 1009.0) - 0.3))];
            var transform = RealTransform.For(new GridShape(rows, columns));
            SplitComplex spectrum = transform.NewSpectrum();
            transform.Forward(image, spectrum, new TransformRoom(transform));
            foreach (JsonElement value in one.GetProperty("values").EnumerateArray())
            {
                int at = (value.Whole("column") * transform.Stride) + value.Whole("row");
                double tolerance = 1e-6 * rows * columns;
                ((double)spectrum.Real[at]).Should().BeApproximately(value.Number("real"), tolerance);
                ((double)spectrum.Imaginary[at]).Should().BeApproximately(value.Number("imaginary"), tolerance);
            }
        }
    }

    [Fact]
    public void Centres_of_mass_and_their_errors_are_those_of_scipy()
    {
        foreach (JsonElement one in ReferenceNumbers.Of("centres"))
        {
            double level = one.Number("level");
            Scene scene = new Scene(one.Whole("rows"), one.Whole("columns"))
                .Gaussian(
                    one.Number("row"), one.Number("column"), one.Number("sigmaRow"), one.Number("sigmaColumn"), 10)
                .Level(level);
            var all = new CentreOfMassMeter(PatternMask.All(scene.Shape), default);
            var centre = new PatternPoint(one.Number("row"), one.Number("column"));
            var masked = new CentreOfMassMeter(PatternMask.Disc(scene.Shape, centre, 12), default, thresholdCounts: 1);

            CentreOfMass found = all.Measure(scene.Counts, scene.Shape);
            CentreOfMass inside = masked.Measure(scene.Counts, scene.Shape);

            found.Y.Should().BeApproximately(one.Number("centreRow"), 1e-5);
            found.X.Should().BeApproximately(one.Number("centreColumn"), 1e-5);
            inside.Y.Should().BeApproximately(one.Number("maskedRow"), 1e-5);
            inside.X.Should().BeApproximately(one.Number("maskedColumn"), 1e-5);
            // A thousand draws tell a spread to 2 %.
            found.Row.StandardError.Should().BeApproximately(
                one.Number("spreadRow"), 0.08 * one.Number("spreadRow"));
            found.Column.StandardError.Should().BeApproximately(
                one.Number("spreadColumn"), 0.08 * one.Number("spreadColumn"));
        }
    }

    [Fact]
    public void Places_of_discs_are_those_of_upsampled_registration()
    {
        foreach (JsonElement one in ReferenceNumbers.Of("shifts"))
        {
            Scene scene = new Scene(128, 128).Disc(one.Number("row"), one.Number("column"), 9, 100, sigma: 1);
            Scene still = new Scene(128, 128).Disc(64, 64, 9, 100, sigma: 1);
            var finder = new DiscFinder(
                ProbeTemplate.Measured(still.Counts, still.Shape, trenchOuterRadius: 0), new DiscOptions());
            Disc[] discs = new Disc[finder.MostDiscs];

            finder.Find(scene.Counts, scene.Shape, discs, out _);

            // The registration looks on a grid of 1/200 px.
            discs[0].Row.Should().BeApproximately(one.Number("foundRow"), 0.006);
            discs[0].Column.Should().BeApproximately(one.Number("foundColumn"), 0.006);
            discs[0].Row.Should().BeApproximately(one.Number("row"), 0.002);
        }
    }

    [Fact]
    public void Lattices_and_strains_are_those_of_numpy_and_scipy()
    {
        foreach (JsonElement one in ReferenceNumbers.Of("lattices"))
        {
            Disc[] discs = [.. one.GetProperty("discs").EnumerateArray().Select(static disc =>
                new Disc(disc.Number("y"), disc.Number("x"), disc.Number("weight"), 0, 1e-4, 1e-4, 0))];
            JsonElement reference = one.GetProperty("reference");
            ((double ax, double ay), (double bx, double by)) = (reference[0].Vector(), reference[1].Vector());
            var start = new Lattice(new LatticeVector(ax, ay), new LatticeVector(bx, by));

            LatticeFit fit = new LatticeFitter(new PatternPoint(127, 128), start).Fit(discs);
            StrainResult strain = new StrainGauge(start).Measure(fit);

            fit.DiscsUsed.Should().Be(25);
            (double x, double y) = one.GetProperty("origin").Vector();
            fit.Origin.Column.Should().BeApproximately(x, 1e-9);
            fit.Origin.Row.Should().BeApproximately(y, 1e-9);
            (x, y) = one.GetProperty("a").Vector();
            fit.Lattice.A.X.Should().BeApproximately(x, 1e-9);
            fit.Lattice.A.Y.Should().BeApproximately(y, 1e-9);
            strain.XX.Value.Should().BeApproximately(one.Number("xx"), 1e-9);
            strain.YY.Value.Should().BeApproximately(one.Number("yy"), 1e-9);
            strain.XY.Value.Should().BeApproximately(one.Number("xy"), 1e-9);
            strain.RotationDegrees.Value.Should().BeApproximately(one.Number("rotation"), 1e-7);
        }
    }

    [Fact]
    public void Radii_of_rings_and_their_errors_are_those_of_scipy()
    {
        foreach (JsonElement one in ReferenceNumbers.Of("rings"))
        {
            double slope = one.Number("slope");
            Scene scene = new Scene(256, 256).Ring(126.4, 129.2, one.Number("radius"), one.Number("sigma"), 20)
                .Add((r, c) => 8 + (slope * double.Hypot(r - 126.4, c - 129.2)));
            var meter = new RingMeter(scene.Shape, new RingOptions(new PatternPoint(126.4, 129.2), 30, 105));

            Measured found = meter.Radius(scene.Counts, scene.Shape);

            found.Finding.Should().Be(Finding.Good);
            found.Value.Should().BeApproximately(one.Number("found"), 2e-3);
            found.Value.Should().BeApproximately(one.Number("radius"), 0.01);
            found.StandardError.Should().BeApproximately(one.Number("error"), 0.03 * one.Number("error"));
        }
    }
}
