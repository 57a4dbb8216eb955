using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.Films;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Simulated;

[Collection(TestsOfMemory.Name)]
public sealed class LargeScanTests
{
    private const long FrameBytes = 256 * 256 * sizeof(float);

    public static TheoryData<SimulationOptions> Samples => new()
    {
        new ColumnOptions
        {
            Grid = new GridShape(512, 512),
            Camera = new() { Detector = new GridShape(256, 256), MilliradPerPixel = 0.4 },
        },
        new FilmOptions
        {
            Grid = new GridShape(512, 512),
            Camera = new() { Detector = new GridShape(256, 256), MilliradPerPixel = 0.5, ConvergenceMillirad = 3 },
        },
    };

    // All frames of such a scan are 69 GB.
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_scan_of_512_by_512_patterns_of_256_by_256_is_drawn_frame_by_frame(SimulationOptions options)
    {
        using SimulatedMicroscope microscope = Support.Microscope(options);
        microscope.MeasuredAt(new GridPoint(0, 0), 1);
        long before = GC.GetAllocatedBytesForCurrentThread(), held = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < 40; i++)
        {
            microscope.MeasuredAt(options.Grid.PointAt(i * 6553), 1).Counts.Length.Should().Be(256 * 256);
        }

        // One array of counts for each frame, and next to nothing besides.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(40 * (FrameBytes + 20_000));
        (GC.GetTotalMemory(forceFullCollection: true) - held).Should().BeLessThan(20 * FrameBytes);
    }

    [Fact]
    public void The_same_seed_gives_the_same_frames_in_any_order_and_another_seed_other_ones()
    {
        FilmOptions options = new() { Grid = new GridShape(64, 64) };
        using SimulatedMicroscope first = Support.Microscope(options), second = Support.Microscope(options);
        using SimulatedMicroscope other = Support.Microscope(options with { Seed = 2 });
        GridPoint a = new(3, 50), b = new(40, 7);

        float[] early = first.MeasuredAt(a, 9).Counts.ToArray(), late = first.MeasuredAt(b, 9).Counts.ToArray();
        second.MeasuredAt(b, 9).Counts.ToArray().Should().Equal(late);
        second.MeasuredAt(a, 9).Counts.ToArray().Should().Equal(early);
        other.FrameAt(a).Counts.ToArray().Should().NotEqual(first.FrameAt(a).Counts.ToArray());
        other.Image.Values.ToArray().Should().NotEqual(first.Image.Values.ToArray());
    }
}
