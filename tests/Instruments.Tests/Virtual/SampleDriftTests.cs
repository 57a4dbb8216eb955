using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Virtual;

/// <summary>What is under the probe moves; where the probe is does not.</summary>
public sealed class SampleDriftTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_frame_is_of_what_has_drifted_under_the_probe_and_the_dose_lies_there()
    {
        using TestMicroscope microscope = TestMicroscope.Make(drift: new SampleDrift(1, 0, 0, DriftPace.Exposure));
        var probe = new GridPoint(3, 2);

        var first = (SpectrumFrame)await microscope.Measure(probe, TestMicroscope.Lease(1));
        var second = (SpectrumFrame)await microscope.Measure(probe, TestMicroscope.Lease(2));

        GridShape grid = microscope.Probe.ScanWindow;
        first.Counts.Span[1].Should().Be(grid.IndexOf(new GridPoint(2, 2)), "the sample has moved down by a row");
        second.Counts.Span[1].Should().Be(grid.IndexOf(new GridPoint(1, 2)));
        (await microscope.Probe.ReadBackAsync(None)).Should().Be(probe.Centre, "the scan has not moved");
        microscope.Beam.Delivered.ElectronsAt(new GridPoint(2, 2))
            .Should().BeApproximately(TestMicroscope.ElectronsPerDwell, 1e-3);
        microscope.Beam.Delivered.ElectronsAt(probe).Should().Be(0);
        microscope.TrueDrift.Should().Be(new PixelShift(2, 0));
        microscope.FrameAt(probe).Should().BeOfType<SpectrumFrame>()
            .Which.Counts.Span[1].Should().Be(grid.IndexOf(probe), "the truth is told of the sample");
    }

    [Fact]
    public void By_the_clock_it_goes_as_far_as_the_minutes_say()
    {
        using TestMicroscope microscope = TestMicroscope.Make(drift: new SampleDrift(0.5, -2));

        microscope.Clock.Advance(TimeSpan.FromSeconds(90));

        microscope.TrueDrift.Rows.Should().BeApproximately(0.75, 1e-9);
        microscope.TrueDrift.Columns.Should().BeApproximately(-3, 1e-9);
    }

    [Fact]
    public void A_random_walk_is_the_same_for_a_seed_and_spreads_with_the_root_of_time()
    {
        double sum = 0;
        for (long seed = 1; seed <= 200; seed++)
        {
            var drift = new SampleDrift(Walk: 0.3);
            PixelShift end = new DriftPath(drift, seed).At(TimeSpan.FromMinutes(16), 0);
            new DriftPath(drift, seed).At(TimeSpan.FromMinutes(16), 0).Should().Be(end);
            sum += end.Rows * end.Rows;
        }

        Math.Sqrt(sum / 200).Should().BeApproximately(0.3 * 4, 0.2);
    }

    [Fact]
    public void A_moved_image_shows_at_each_pixel_what_lay_before_it()
    {
        var shape = new GridShape(9, 8);
        float[] values = new float[shape.Count];
        values[shape.IndexOf(new GridPoint(4, 3))] = 1;
        var image = new StructuralImage("HAADF", shape, new Nanometre(1), values);

        StructuralImage whole = MovedImage.Of(image, new PixelShift(2, -1));
        StructuralImage half = MovedImage.Of(image, new PixelShift(0, 0.5));

        whole[new GridPoint(6, 2)].Should().BeApproximately(1, 1e-6f);
        whole.Values.ToArray().Sum().Should().BeApproximately(1, 1e-5f);
        half[new GridPoint(4, 3)].Should().BeApproximately(half[new GridPoint(4, 4)], 1e-6f);
        half.Values.ToArray().Sum().Should().BeApproximately(1, 1e-5f);
        MovedImage.Of(image, PixelShift.None).Should().BeSameAs(image);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, -0.1)]
    public void A_drift_that_makes_no_sense_is_refused(double rows, double walk)
    {
        Action make = () => TestMicroscope.Make(drift: new SampleDrift(rows, 0, walk)).Dispose();

        make.Should().Throw<ArgumentException>().WithMessage("*finite*");
    }
}
