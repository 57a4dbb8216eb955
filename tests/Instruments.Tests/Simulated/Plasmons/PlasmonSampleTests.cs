using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Instruments.Virtual;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Simulated.Plasmons;

public sealed class PlasmonSampleTests
{
    private static readonly PlasmonOptions Options = new();

    [Fact]
    public void The_same_seed_gives_the_same_sample_and_image_and_another_seed_another()
    {
        using SimulatedMicroscope first = Make(Options), second = Make(Options);
        using SimulatedMicroscope other = Make(Options with { Seed = 2 });

        second.Image.Values.ToArray().Should().Equal(first.Image.Values.ToArray());
        other.Image.Values.ToArray().Should().NotEqual(first.Image.Values.ToArray());
    }

    // Journals of earlier versions replay on this sample: not one bit of it may change.
    [Fact]
    public void The_sample_is_bit_for_bit_that_of_the_first_version()
    {
        using SimulatedMicroscope microscope = Make(Options);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        hash.AppendData(MemoryMarshal.AsBytes(microscope.Image.Values.Span));
        for (int i = 0; i < Options.Grid.Count; i += 97)
        {
            GridPoint point = Options.Grid.PointAt(i);
            hash.AppendData(MemoryMarshal.AsBytes(microscope.FrameAt(point).Counts.Span));
            hash.AppendData(MemoryMarshal.AsBytes(microscope.MeasuredAt(point, 5).Counts.Span));
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).Should().Be(
            "0d15613315ea0e4b30b2e427057f529f32abc459e3e65a08904363490e6594cb");
    }

    [Fact]
    public void Particles_of_every_shape_lie_inside_without_overlap()
    {
        using SimulatedMicroscope microscope = Make(Options);

        ParticlesOf(microscope).Select(static particle => particle.Shape).Distinct()
            .Should().BeEquivalentTo(Enum.GetValues<ParticleShape>());
        ParticlesOf(microscope).Count.Should().BeInRange(12, 20);
        for (int i = 0; i < Options.Grid.Count; i++)
        {
            (double row, double column) = Place(Options.Grid.PointAt(i));
            ParticlesOf(microscope).Count(particle => particle.SignedDistance(row, column) < 0).Should().BeLessThan(2);
        }
    }

    [Fact]
    public void The_image_is_brighter_where_the_sample_is_thicker()
    {
        using SimulatedMicroscope microscope = Make(Options);
        double inside = 0, outside = 0;
        int insiders = 0, outsiders = 0;
        for (int i = 0; i < Options.Grid.Count; i++)
        {
            (double row, double column) = Place(Options.Grid.PointAt(i));
            double distance = ParticlesOf(microscope).Min(particle => particle.SignedDistance(row, column));
            if (distance < -3)
            {
                inside += microscope.Image.Values.Span[i];
                insiders++;
            }
            else if (distance > 8)
            {
                outside += microscope.Image.Values.Span[i];
                outsiders++;
            }
        }

        (inside / insiders).Should().BeGreaterThan(3 * outside / outsiders);
        // Away from particles the image is shot noise on the substrate: 1 − exp(−0.03) of the survey's counts.
        (outside / outsiders).Should().BeApproximately(2000 * (1 - Math.Exp(-0.03)), 5);
    }

    [Fact]
    public void The_zero_loss_peak_is_at_zero_and_as_wide_as_asked_for()
    {
        using SimulatedMicroscope microscope = Make(Options with
        {
            EnergyAxis = new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.005), 401),
            ZeroLossWidth = new ElectronVolt(0.15),
            Particles = 1,
        });
        SpectrumFrame frame = (SpectrumFrame)microscope.FrameAt(FarthestFrom(microscope));

        (double centre, double width) = PeakOf(frame, new EnergyWindow(new ElectronVolt(-1), new ElectronVolt(1)));

        centre.Should().BeApproximately(0, 0.0026);
        width.Should().BeApproximately(0.15, 0.002);
    }

    [Fact]
    public void Matter_takes_electrons_out_of_the_zero_loss_peak()
    {
        using SimulatedMicroscope microscope = Make(Options);
        Particle ball = First(microscope, ParticleShape.Sphere);
        EnergyWindow zeroLoss = new(new ElectronVolt(-0.2), new ElectronVolt(0.2));

        double through = BandSum(microscope, NearestPoint(ball.RowNanometres, ball.ColumnNanometres), zeroLoss);
        double beside = BandSum(microscope, FarthestFrom(microscope), zeroLoss);

        double thickness = ball.Thickness(
            Options.PixelSize.Value * Math.Round(ball.RowNanometres / Options.PixelSize.Value),
            Options.PixelSize.Value * Math.Round(ball.ColumnNanometres / Options.PixelSize.Value));
        (through / beside).Should().BeApproximately(Math.Exp(-thickness / 90), 0.005);
    }

    [Fact]
    public void The_bulk_mode_is_strong_inside_and_absent_outside()
    {
        using SimulatedMicroscope microscope = Make(Options);
        Particle cube = First(microscope, ParticleShape.Cube);
        EnergyWindow bulk = new(new ElectronVolt(3.7), new ElectronVolt(3.9));

        double inside = BandSum(microscope, NearestPoint(cube.RowNanometres, cube.ColumnNanometres), bulk);

        inside.Should().BeGreaterThan(10 * BandSum(microscope, FarthestFrom(microscope), bulk));
    }

    [Fact]
    public void The_corner_mode_is_at_the_corners_and_the_edge_mode_along_the_sides()
    {
        // Alone, and larger than in the sample: no neighbour adds to what is compared.
        Particle cube = new(ParticleShape.Cube, 144, 144, 0.4, 60, 60);
        PlasmonSpectra spectra = new(Options, [cube]);
        EnergyWindow corner = WindowAbout(cube, PlasmonKind.Corner);
        EnergyWindow edge = WindowAbout(cube, PlasmonKind.Edge);
        (double Row, double Column)[] corners = [.. cube.Corners];
        for (int i = 0; i < 4; i++)
        {
            (double row, double column) = corners[i];
            (double nextRow, double nextColumn) = corners[(i + 1) % 4];
            // The middle between two corners, moved away from the centre by a fifth: just outside a face.
            double sideRow = ((row + nextRow) * 0.6) - 28.8;
            double sideColumn = ((column + nextColumn) * 0.6) - 28.8;

            BandSum(spectra, row, column, corner).Should().BeGreaterThan(
                4 * BandSum(spectra, sideRow, sideColumn, corner));
            BandSum(spectra, sideRow, sideColumn, edge).Should().BeGreaterThan(
                1.5 * BandSum(spectra, row, column, edge));
        }
    }

    [Fact]
    public async Task A_measured_spectrum_scatters_about_the_truth_as_counts_do()
    {
        ManualTimeProvider clock = new();
        using SimulatedMicroscope microscope = new(Options, VirtualTiming.Instant, clock);
        Particle particle = ParticlesOf(microscope)[0];
        GridPoint point = NearestPoint(particle.RowNanometres, particle.ColumnNanometres);
        ExposureLease lease = new(new PointId(1), 1, Options.NominalDwell, TimeSpan.FromSeconds(1));
        await microscope.Probe.MoveAsync(point.Centre, CancellationToken.None);
        await microscope.Detector.ArmAsync(lease, CancellationToken.None);
        Task exposing = microscope.Detector.ExposeAsync(lease, CancellationToken.None).AsTask();
        microscope.Beam.Unblank();
        clock.Advance(Options.NominalDwell);
        await exposing;
        microscope.Beam.Blank();
        float[] measured = (await microscope.Detector.ReadOutAsync(lease, CancellationToken.None)).Counts.ToArray();
        float[] truth = microscope.FrameAt(point).Counts.ToArray();

        double chiSquared = measured.Zip(truth, static (m, t) => (m - t) * (m - t) / (double)t).Sum();

        microscope.IsNoiseFree.Should().BeTrue();
        truth.Should().OnlyContain(static count => count > 0);
        chiSquared.Should().BeApproximately(truth.Length, 5 * Math.Sqrt(2.0 * truth.Length));
        measured.Should().OnlyContain(static count => count == MathF.Floor(count));
    }

    [Fact]
    public void The_electrons_counted_are_current_times_dwell_times_efficiency()
    {
        using SimulatedMicroscope microscope = Make(Options with { Particles = 1 });

        double counted = microscope.FrameAt(FarthestFrom(microscope)).Counts.ToArray().Sum();

        // 20 pA for 0.1 s at 5 %, and the substrate's losses: the integral of 0.0015 exp(0.35 E) from 0 to 5 eV.
        double expected = 20e-12 * 0.1 / 1.602176634e-19 * 0.05 * (1 + (0.0015 * (Math.Exp(0.35 * 5) - 1) / 0.35));
        counted.Should().BeApproximately(expected, 0.002 * expected);
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(32, 200)]
    [InlineData(128, 64)]
    public void Any_size_from_32_pixels_up_makes_a_sample(int rows, int columns)
    {
        using SimulatedMicroscope microscope = Make(Options with { Grid = new GridShape(rows, columns) });

        microscope.Image.Shape.Should().Be(new GridShape(rows, columns));
        ParticlesOf(microscope).Should().NotBeEmpty();
    }

    [Fact]
    public void Impossible_options_are_refused_by_name()
    {
        Refusing(Options with { Grid = new GridShape(31, 96) }, "*31×96*");
        Refusing(Options with { Particles = 500 }, "*500*do not fit*fewer*");
        Refusing(Options with { ZeroLossWidth = new ElectronVolt(0.01) }, "*zero-loss peak*");
        Refusing(Options with { CollectionEfficiency = 1.5 }, "*1.5*");
        Refusing(Options with { NominalDwell = TimeSpan.Zero }, "*dwell*");
        Refusing(Options with { PixelSize = new Nanometre(double.NaN) }, "*pixel size*");
    }

    private static SimulatedMicroscope Make(PlasmonOptions options) =>
        new(options, VirtualTiming.Instant, new ManualTimeProvider());

    private static IReadOnlyList<Particle> ParticlesOf(SimulatedMicroscope microscope) =>
        ((PlasmonSample)microscope.Sample).Particles;

    private static void Refusing(PlasmonOptions options, string message) =>
        FluentActions.Invoking(() => Make(options)).Should().Throw<ArgumentException>().WithMessage(message);

    private static Particle First(SimulatedMicroscope microscope, ParticleShape shape) =>
        ParticlesOf(microscope).First(particle => particle.Shape == shape);

    private static (double Row, double Column) Place(GridPoint point) =>
        (point.Row * Options.PixelSize.Value, point.Column * Options.PixelSize.Value);

    private static GridPoint NearestPoint(double rowNanometres, double columnNanometres) =>
        new ProbePosition(rowNanometres / Options.PixelSize.Value, columnNanometres / Options.PixelSize.Value)
            .NearestPixel;

    private static GridPoint FarthestFrom(SimulatedMicroscope microscope) =>
        Enumerable.Range(0, Options.Grid.Count).Select(Options.Grid.PointAt).MaxBy(point =>
        {
            (double row, double column) = Place(point);
            return ParticlesOf(microscope).Min(particle => particle.SignedDistance(row, column));
        });

    private static EnergyWindow WindowAbout(Particle particle, PlasmonKind kind)
    {
        ElectronVolt energy = particle.Modes.Single(mode => mode.Kind == kind).Energy;
        return new EnergyWindow(energy - new ElectronVolt(0.1), energy + new ElectronVolt(0.1));
    }

    private static double BandSum(SimulatedMicroscope microscope, GridPoint point, EnergyWindow window)
    {
        SpectrumFrame frame = (SpectrumFrame)microscope.FrameAt(point);
        return frame.Counts.ToArray()[frame.Axis.ChannelsWithin(window)].Sum();
    }

    private static double BandSum(
        PlasmonSpectra spectra, double rowNanometres, double columnNanometres, EnergyWindow window)
    {
        float[] counts = new float[spectra.FrameLength];
        ProbePosition place = new(rowNanometres / Options.PixelSize.Value, columnNanometres / Options.PixelSize.Value);
        spectra.AddExpected(place, Options.NominalDwell, Options.NominalDwell, counts);
        return counts[Options.EnergyAxis.ChannelsWithin(window)].Sum();
    }

    /// <summary>Highest channel, and full width at half maximum between linear interpolations.</summary>
    private static (double Centre, double Width) PeakOf(SpectrumFrame frame, EnergyWindow window)
    {
        float[] counts = frame.Counts.ToArray();
        (int first, int length) = frame.Axis.ChannelsWithin(window).GetOffsetAndLength(counts.Length);
        int top = Enumerable.Range(first, length).MaxBy(channel => counts[channel]);
        double half = counts[top] / 2.0;
        int left = top, right = top;
        while (counts[left - 1] > half)
        {
            left--;
        }

        while (counts[right + 1] > half)
        {
            right++;
        }

        double leftCrossing = left - ((counts[left] - half) / (counts[left] - counts[left - 1]));
        double rightCrossing = right + ((counts[right] - half) / (counts[right] - counts[right + 1]));
        return (frame.Axis[top].Value, (rightCrossing - leftCrossing) * frame.Axis.Dispersion.Value);
    }
}
