using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.CoreLoss;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Simulated.CoreLoss;

public sealed class CoreLossSampleTests
{
    private static readonly CoreLossOptions Options = new()
    {
        Grid = new GridShape(48, 48), BeamCurrent = new BeamCurrent(100), Particles = 6, PointSpreadChannels = 0,
    };

    [Fact]
    public void Background_and_edges_make_up_the_spectrum()
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options);
        GridPoint point = PointIn(microscope, 1);
        float[] spectrum = microscope.FrameAt(point).Counts.ToArray();

        // Below the edge of oxygen: the tail and what is left of the carbon edge, together all but a power law.
        double[] slopes = [.. new[] { 410, 450, 490 }.Select(energy =>
            Math.Log(At(spectrum, energy + 20) / At(spectrum, energy)) / Math.Log((energy + 20.0) / energy))];
        double thickness = microscope.Truth("thickness")[Options.Grid.IndexOf(point)];
        slopes.Should().OnlyContain(slope => slope < -LowLoss.TailExponent(thickness) && slope > -3.5);
        (slopes.Max() - slopes.Min()).Should().BeLessThan(0.05);

        // Extrapolated as one would on a measured spectrum.
        double exponent = Math.Log(At(spectrum, 515) / At(spectrum, 475)) / Math.Log(515.0 / 475), edge = 0;
        for (int energy = 526; energy <= 576; energy++)
        {
            // The first and the last channel lie half inside.
            double share = energy is 526 or 576 ? 0.5 : 1;
            edge += share * (At(spectrum, energy) - (At(spectrum, 515) * Math.Pow(energy / 515.0, exponent)));
        }

        double truth = microscope.Truth("edge-o")[Options.Grid.IndexOf(point)];
        truth.Should().BeGreaterThan(500);
        edge.Should().BeApproximately(truth, 0.02 * truth);
    }

    [Fact]
    public void White_lines_stand_in_the_ratio_of_their_phase()
    {
        CoreLossOptions sharp = Options with { EnergyAxis = new(new(620), new(0.1), 1200), Particles = 0 };
        using SimulatedMicroscope microscope = Support.Microscope(sharp);
        foreach ((int phase, double ratio) in new[] { (1, 4.0), (2, 2.0) })
        {
            GridPoint point = PointIn(microscope, phase);
            int index = sharp.Grid.IndexOf(point);

            ((double)microscope.Truth("white-line-ratio")[index]).Should().BeApproximately(ratio, 0.01);
        }

        float[] ratios = microscope.Truth("white-line-ratio");
        ratios.Where(float.IsFinite).Should().OnlyContain(ratio => ratio >= 1.999 && ratio <= 4.001);
        ratios.Should().Contain(ratio => ratio > 2.3 && ratio < 3.7, "the oxides mix at their interface");
        ratios.Should().Contain(ratio => float.IsNaN(ratio), "there is no manganese in the bare support");
    }

    [Fact]
    public void The_area_of_an_edge_and_of_its_white_lines_is_what_it_was_given()
    {
        CoreEdge edge = new(640, 9e-8, new WhiteLines(3, 11.2, 2.2, 0.9));
        double all = Integral(loss => edge.PerElectronVolt(loss, 0.5), 600, 690);
        double three = Integral(loss => edge.White(loss, 0.5, three: true), 300, 980);
        double two = Integral(loss => edge.White(loss, 0.5, three: false), 300, 980);

        // Lorentzian tails reach beyond the window, and the L2 step begins later in it.
        all.Should().BeApproximately(1, 0.05);
        (three / two).Should().BeApproximately(3, 0.01);
        (three + two).Should().BeApproximately(0.9 / 1.9, 0.005);
        Integral(loss => new CoreEdge(532, 1).PerElectronVolt(loss, 0.5), 500, 582).Should().BeApproximately(1, 0.01);
    }

    [Fact]
    public void Low_loss_gives_the_thickness_by_the_logarithm_of_all_over_the_zero_loss()
    {
        CoreLossOptions low = Options with { EnergyAxis = new(new(-10), new(0.25), 480), SpikeShare = 0 };
        using SimulatedMicroscope microscope = Support.Microscope(low);
        foreach (int phase in new[] { 0, 1, 2 })
        {
            GridPoint point = PointIn(microscope, phase);
            float[] spectrum = microscope.FrameAt(point).Counts.ToArray();
            double all = spectrum.Sum(static counts => (double)counts);
            double zero = spectrum.Take((int)((10 + 4) / 0.25)).Sum(static counts => (double)counts);

            // Within the 5 % that the cut at 4 eV and the tail's own losses leave open.
            double truth = microscope.Truth("thickness")[low.Grid.IndexOf(point)];
            Math.Log(all / zero).Should().BeApproximately(truth, 0.05 * truth + 0.02);
        }
    }

    [Fact]
    public void Single_plasmon_losses_have_unit_area()
    {
        foreach (int n in new[] { 1, 2, 3 })
        {
            Integral(loss => LowLoss.Plasmons(n, loss, 23, 0.8), -50, 2000).Should().BeApproximately(1, 0.01);
        }
    }

    [Fact]
    public void X_rays_hit_as_many_spectra_as_asked_for_and_never_the_truth()
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options with { SpikeShare = 0.25 });
        using SimulatedMicroscope clean = Support.Microscope(Options with { SpikeShare = 0 });
        GridPoint point = new(20, 20);
        float[] expected = microscope.FrameAt(point).Counts.ToArray();
        int hits = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            ReadOnlySpan<float> counts = microscope.MeasuredAt(point, seed).Counts.Span;
            bool isHit = false;
            for (int i = 0; i < counts.Length; i++)
            {
                isHit |= counts[i] > expected[i] + (8 * Math.Sqrt(expected[i])) + 20;
            }

            hits += isHit ? 1 : 0;
        }

        (hits / 400.0).Should().BeApproximately(0.25, 0.07);
        expected.Should().Equal(clean.FrameAt(point).Counts.ToArray());
    }

    [Fact]
    public void The_same_seed_gives_the_same_sample_and_spectra_and_another_seed_another()
    {
        using SimulatedMicroscope first = Support.Microscope(Options), second = Support.Microscope(Options);
        using SimulatedMicroscope other = Support.Microscope(Options with { Seed = 3 });
        GridPoint point = new(30, 11);

        second.Image.Values.ToArray().Should().Equal(first.Image.Values.ToArray());
        second.MeasuredAt(point, 4).Counts.ToArray().Should().Equal(first.MeasuredAt(point, 4).Counts.ToArray());
        first.MeasuredAt(point, 5).Counts.ToArray().Should().NotEqual(first.MeasuredAt(point, 4).Counts.ToArray());
        other.Image.Values.ToArray().Should().NotEqual(first.Image.Values.ToArray());
    }

    [Fact]
    public void The_image_is_brighter_where_more_and_heavier_matter_is()
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options);
        float[] phase = microscope.Truth("phase"), image = microscope.Image.Values.ToArray();

        double[] brightness = [.. Enumerable.Range(0, 3).Select(number => image
            .Where((_, i) => phase[i] == number).Average(static value => (double)value))];

        brightness[0].Should().BeLessThan(0.5 * brightness[2]);
        brightness[1].Should().BeGreaterThan(1.1 * brightness[2]);
    }

    private static double At(float[] spectrum, int energy) => spectrum[energy - 400];

    private static GridPoint PointIn(SimulatedMicroscope microscope, int phase)
    {
        // Deep inside: the ratio of manganese and oxygen is the phase's own.
        float[] phases = microscope.Truth("phase");
        GridShape grid = microscope.Image.Shape;
        return Enumerable.Range(0, grid.Count).Select(grid.PointAt).First(point =>
            point.Row is (> 1 and < 40) && (phase == 0 || point.Row > 12) && Enumerable.Range(-6, 13).All(shift =>
                point.Column + shift >= 0 && point.Column + shift < grid.Columns
                && phases[grid.IndexOf(new GridPoint(point.Row, point.Column + shift))] == phase));
    }

    private static double Integral(Func<double, double> function, double from, double to)
    {
        const int steps = 40_000;
        double step = (to - from) / steps;
        return Enumerable.Range(0, steps).Sum(i => function(from + ((i + 0.5) * step))) * step;
    }
}
