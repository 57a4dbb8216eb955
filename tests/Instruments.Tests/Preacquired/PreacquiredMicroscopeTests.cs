using DklActors.Instruments.Preacquired;
using DklActors.Instruments.Virtual;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Preacquired;

public sealed class PreacquiredMicroscopeTests : IDisposable
{
    private static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task As_recorded_it_gives_the_stored_frame_times_counts_per_unit()
    {
        using PreacquiredMicroscope microscope = Make(new CountsMode.Recorded(), countsPerUnit: 2);

        Frame frame = await Measure(microscope, new GridPoint(1, 2), 1);

        frame.Should().BeOfType<SpectrumFrame>();
        frame.Counts.ToArray().Should().Equal(2 * 500, 2 * 501, 2 * 502, 2 * 503);
        microscope.FrameAt(new GridPoint(1, 2)).Counts.ToArray().Should().Equal(frame.Counts.ToArray());
        microscope.IsNoiseFree.Should().BeFalse();
    }

    [Fact]
    public async Task Scaled_it_draws_counts_about_the_scaled_frame()
    {
        using PreacquiredMicroscope microscope = Make(new CountsMode.Scaled(0.1));
        const int measurements = 400;
        double sum = 0, squares = 0;
        for (int i = 0; i < measurements; i++)
        {
            double deviation = (await Measure(microscope, new GridPoint(1, 2), i)).Counts.Span[0] - 50.0;
            sum += deviation;
            squares += deviation * deviation;
        }

        (sum / measurements).Should().BeApproximately(0, 5 * Math.Sqrt(50.0 / measurements));
        (squares / measurements).Should().BeApproximately(50, 5 * 50 * Math.Sqrt(2.0 / measurements));
        microscope.FrameAt(new GridPoint(1, 2)).Counts.Span[0].Should().BeApproximately(50, 1e-4f);
    }

    [Fact]
    public void Truth_off_the_grid_is_an_error_and_not_the_rim()
    {
        using PreacquiredMicroscope microscope = Make(new CountsMode.Recorded());

        microscope.Invoking(it => it.FrameAt(new GridPoint(2, 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Patterns_are_played_back_in_their_shape()
    {
        string path = _folder.WriteNpz("patterns.npz", static writer =>
        {
            writer.Add<float>("haadf", [1, 2], [1, 2]);
            writer.Add<float>("frames", [1, 2, 2, 3], [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15.5f]);
        });
        PreacquiredSource source = new(path, "haadf", "frames", new PixelSizeSource.Given(new Nanometre(1)));
        PreacquiredOptions options = new(new CountsMode.Recorded(), new BeamCurrent(10), Seed: 3);
        using PreacquiredMicroscope microscope =
            new(PreacquiredData.Open(source), options, VirtualTiming.Instant, _clock);

        Frame frame = await Measure(microscope, new GridPoint(0, 1), 1);

        frame.Should().BeOfType<PatternFrame>().Which.Shape.Should().Be(new GridShape(2, 3));
        frame.Counts.ToArray().Should().Equal(10, 11, 12, 13, 14, 15.5f);
        microscope.EnergyAxis.Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Impossible_factors_are_refused(double factor) =>
        FluentActions.Invoking(() => Make(new CountsMode.Scaled(factor)))
            .Should().Throw<ArgumentException>().WithMessage("*positive*");

    [Fact]
    public async Task The_survey_gives_the_stored_image()
    {
        using PreacquiredMicroscope microscope = Make(new CountsMode.Recorded());

        StructuralImage image = await microscope.Survey.AcquireAsync(CancellationToken.None);

        image.Values.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        microscope.Description.Should().Contain("data.npz");
    }

    [SharedDataFact(Silica.File)]
    public async Task The_real_silica_band_matches_an_independent_sum()
    {
        PreacquiredOptions options = new(new CountsMode.Recorded(), new BeamCurrent(100), 1);
        using PreacquiredMicroscope microscope =
            new(PreacquiredData.Open(Silica.Source), options, VirtualTiming.Instant, _clock);
        EnergyWindow siliconK = new(new ElectronVolt(1640), new ElectronVolt(1860));

        Frame frame = await Measure(microscope, new GridPoint(64, 70), 1);

        // numpy: eds[64, 70, k].sum(dtype=int) and eds[:, :, k].sum(dtype=int) with k the channels from 1.65 keV to
        // 1.85 keV. A plain comparison of the stored energies would add 1.64 keV, which is 1.6400000000000001 there.
        BandSum(frame, siliconK).Should().Be(49);
        long total = 0;
        for (int i = 0; i < 128 * 128; i++)
        {
            total += (long)BandSum(microscope.FrameAt(new GridPoint(i / 128, i % 128)), siliconK);
        }

        total.Should().Be(293616);
    }

    public void Dispose() => _folder.Dispose();

    private static double BandSum(Frame frame, EnergyWindow window)
    {
        double sum = 0;
        foreach (float count in frame.Counts.Span[((SpectrumFrame)frame).Axis.ChannelsWithin(window)])
        {
            sum += count;
        }

        return sum;
    }

    private async Task<Frame> Measure(PreacquiredMicroscope microscope, GridPoint point, int lease)
    {
        ExposureLease exposure = new(new PointId(lease), 1, Dwell, TimeSpan.FromSeconds(1));
        await microscope.Probe.MoveAsync(point.Centre, CancellationToken.None);
        await microscope.Detector.ArmAsync(exposure, CancellationToken.None);
        Task exposing = microscope.Detector.ExposeAsync(exposure, CancellationToken.None).AsTask();
        microscope.Beam.Unblank();
        _clock.Advance(Dwell);
        await exposing;
        microscope.Beam.Blank();
        return await microscope.Detector.ReadOutAsync(exposure, CancellationToken.None);
    }

    private PreacquiredMicroscope Make(CountsMode counts, double countsPerUnit = 1)
    {
        string path = _folder.WriteNpz("data.npz", static writer =>
        {
            writer.Add<float>("haadf", [2, 3], [1, 2, 3, 4, 5, 6]);
            writer.Add<ushort>("spectra", [2, 3, 4], [
                .. Enumerable.Range(0, 24).Select(static i => (ushort)((i / 4 * 100) + (i % 4))),
            ]);
        });
        PreacquiredSource source = new(path, "haadf", "spectra", new PixelSizeSource.Given(new Nanometre(1)))
        {
            Energy = new EnergyAxisSource.Given(new ElectronVolt(0), new ElectronVolt(1)),
            CountsPerUnit = countsPerUnit,
        };
        PreacquiredOptions options = new(counts, new BeamCurrent(10), Seed: 3);
        return new PreacquiredMicroscope(PreacquiredData.Open(source), options, VirtualTiming.Instant, _clock);
    }
}
