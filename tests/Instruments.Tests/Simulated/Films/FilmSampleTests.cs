using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Films;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using Xunit.Abstractions;

namespace DklActors.Instruments.Tests.Simulated.Films;

public sealed class FilmSampleTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Exposure = TimeSpan.FromMilliseconds(1);

    private static readonly FilmOptions Options = new()
    {
        Grid = new GridShape(48, 48),
        PixelSize = new(4),
        Camera = new() { MilliradPerPixel = 1, ConvergenceMillirad = 4, Background = 0, PointSpreadPixels = 0.5 },
        Strain = 0.02,
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 25)]
    public void Strain_fitted_to_the_discs_of_a_noise_free_pattern_is_the_truth_within_5e_4(
        double descan, double rotation)
    {
        var options = Options with
        {
            Camera = Options.Camera with
            {
                DescanRowPixels = descan, DescanColumnPixels = -descan, ScanRotationDegrees = rotation,
            },
        };
        using SimulatedMicroscope microscope = Support.Microscope(options);
        FilmSample sample = (FilmSample)microscope.Sample;
        Film film = FilmGrower.Grow(options);
        double largest = 0, largestPlace = 0;
        int fitted = 0;
        for (int i = 0; i < options.Grid.Count; i += 7)
        {
            GridPoint point = options.Grid.PointAt(i);
            FilmState state = film.At(point.Row * 4, point.Column * 4);
            if (!state.IsCrystalline || state.NeighbourShare > 1e-4 || state.Amorphous > 1e-3 || state.Vacuum > 1e-3)
            {
                continue;
            }

            PatternFrame frame = (PatternFrame)microscope.FrameAt(point);
            LatticeFit fit = LatticeFit.To(frame, options, film, state, point);
            largestPlace = Math.Max(largestPlace, fit.LargestResidualPixels);
            largest = new[]
            {
                largest,
                Math.Abs(fit.Strain.Xx - At(sample, "strain-xx", point)),
                Math.Abs(fit.Strain.Yy - At(sample, "strain-yy", point)),
                Math.Abs(fit.Strain.Xy - At(sample, "strain-xy", point)),
                Math.Abs(fit.RotationDegrees - At(sample, "orientation", point)) * Math.PI / 180,
            }.Max();
            fitted++;
        }

        output.WriteLine($"{fitted} patterns: strain within {largest:G3}, discs within {largestPlace:G3} px");
        fitted.Should().BeGreaterThan(100);
        largest.Should().BeLessThan(5e-4);
        largestPlace.Should().BeLessThan(0.02);
    }

    [Fact]
    public void At_a_boundary_both_lattices_are_there_in_equal_parts()
    {
        Film film = FilmGrower.Grow(Options);
        (double row, double column) = Enumerable.Range(0, 190 * 190)
            .Select(static i => ((double)(i / 190), (double)(i % 190)))
            .First(place => film.At(place.Item1, place.Item2) is { NeighbourShare: > 0.45, Amorphous: < 0.01 } state
                && state.Vacuum < 0.01);
        FilmState state = film.At(row, column);
        float[] pattern = new float[Options.Camera.Detector.Count];

        new FilmPatterns(Options, film).AddExpected(
            new ProbePosition(row / 4, column / 4), Exposure, Exposure, pattern);

        PatternFrame frame = new(Options.Camera.Detector, pattern);
        foreach (Grain grain in new[] { film.Grains[state.Grain], film.Grains[state.Neighbour] })
        {
            (double down, double right) = LatticeFit.Expected(Options, ReciprocalLattice.Within(6)[0], grain, state);
            float there = frame.Counts.Span[((int)Math.Round(63.5 + down) * 128) + (int)Math.Round(63.5 + right)];
            there.Should().BeGreaterThan(100 * frame.Counts.Span[(63 * 128) + 63] * 1e-5f);
        }
    }

    [Fact]
    public void Amorphous_regions_give_a_ring_and_holes_nothing_but_the_direct_beam()
    {
        Film film = FilmGrower.Grow(Options with { AmorphousRegions = 3 });
        FilmPatterns patterns = new(Options, film);
        Spot amorphous = film.AmorphousRegions[0], hole = film.Holes[0];

        float[] ring = PatternAt(patterns, amorphous.Row, amorphous.Column);
        float[] empty = PatternAt(patterns, hole.Row, hole.Column);

        double[] radial = Radial(ring), radialEmpty = Radial(empty);
        int peak = Enumerable.Range(8, 50).MaxBy(radius => radial[radius]);
        // 4.3 nm⁻¹ at 200 kV and 1 mrad a pixel.
        ((double)peak).Should().BeApproximately(4.3 * 2.5079, 1);
        radial[peak].Should().BeGreaterThan(5 * radial[40]);
        radialEmpty[9..].Max().Should().BeLessThan(1e-6 * radialEmpty[0]);
    }

    [Fact]
    public void Thickness_and_tilt_change_the_intensities_of_discs_and_not_their_places()
    {
        Reflection reflection = ReciprocalLattice.Within(6)[0];

        double plain = Intensity(0, 10), tilted = Intensity(0.004, 10), thick = Intensity(0, 30);

        tilted.Should().BeInRange(0.3 * plain, 3 * plain).And.NotBe(plain);
        thick.Should().NotBe(plain);

        double Intensity(double tilt, double thickness) => ReciprocalLattice.Intensity(
            reflection, reflection.X, reflection.Y, tilt, 0, thickness, 0.0025079);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void Overlapping_discs_add_up_to_the_electrons_of_separated_ones(double convergence)
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options with
        {
            Camera = Options.Camera with { ConvergenceMillirad = convergence },
        });
        Frame frame = microscope.FrameAt(new GridPoint(20, 20));

        double electrons = Options.BeamCurrent.ElectronsDuring(Options.NominalDwell);
        Support.Sum(frame).Should().BeInRange(0.98 * electrons, 1.001 * electrons);
    }

    [Fact]
    public void The_image_tells_grains_inclusions_and_strain()
    {
        var options = Options with { SurveyCounts = 1e6, Grid = new GridShape(64, 64), AmorphousRegions = 0 };
        using SimulatedMicroscope microscope = Support.Microscope(options);
        Film film = FilmGrower.Grow(options);
        float[] image = microscope.Image.Values.ToArray();
        double[] wide = [.. film.Inclusions.Where(spot => spot.Sign > 0).Select(Brightness)];
        double[] narrow = [.. film.Inclusions.Where(spot => spot.Sign < 0).Select(Brightness)];

        wide.Average().Should().BeGreaterThan(1.2 * narrow.Average());
        microscope.Truth("grain").Where(float.IsFinite).Distinct().Should().HaveCountGreaterThan(4);
        microscope.Truth("strain-xx").Where(float.IsFinite).Max().Should().BeGreaterThan(0.015f);
        float.IsNaN(microscope.Truth("strain-xx")[options.Grid.IndexOf(PixelOf(film.Holes[0]))]).Should().BeTrue();

        GridPoint PixelOf(Spot spot) => new(
            Math.Clamp((int)(spot.Row / 4), 0, 63), Math.Clamp((int)(spot.Column / 4), 0, 63));
        double Brightness(Spot spot) => image[options.Grid.IndexOf(PixelOf(spot))];
    }

    [Fact]
    public void An_unknown_quantity_is_refused_by_naming_the_known_ones()
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options);
        Action ask = () => microscope.Truth("strain-zz");

        ask.Should().Throw<ArgumentException>().WithMessage("*strain-zz*strain-xx, strain-yy*");
    }

    private static double At(SimulatedSample sample, string name, GridPoint point) =>
        sample.Quantities.Single(quantity => quantity.Name == name).At(point.Centre);

    private static float[] PatternAt(FilmPatterns patterns, double row, double column)
    {
        float[] pattern = new float[Options.Camera.Detector.Count];
        patterns.AddExpected(
            new ProbePosition(row / 4, column / 4), Exposure, Exposure, pattern);
        return pattern;
    }

    private static double[] Radial(float[] pattern)
    {
        double[] sums = new double[100];
        int[] pixels = new int[100];
        for (int i = 0; i < pattern.Length; i++)
        {
            int radius = (int)double.Hypot((i / 128) - 63.5, (i % 128) - 63.5);
            sums[radius] += pattern[i];
            pixels[radius]++;
        }

        return [.. sums.Zip(pixels, (sum, count) => sum / Math.Max(count, 1))];
    }
}
