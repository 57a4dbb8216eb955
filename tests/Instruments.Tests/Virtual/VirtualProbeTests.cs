using DklActors.Instruments.Ports;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Virtual;

public sealed class VirtualProbeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Without_errors_it_goes_where_it_is_sent_and_says_so()
    {
        using TestMicroscope microscope = TestMicroscope.Make();

        await microscope.Finish(microscope.Probe.MoveAsync(new ProbePosition(1.25, 3), None));

        (await microscope.Probe.ReadBackAsync(None)).Should().Be(new ProbePosition(1.25, 3));
        microscope.Probe.ScanWindow.Should().Be(new GridShape(5, 7));
    }

    [Fact]
    public async Task It_settles_before_the_move_is_over()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        Task move = microscope.Probe.MoveAsync(new ProbePosition(1, 1), None).AsTask();

        microscope.Clock.Advance(TestMicroscope.Timing.Settle - TimeSpan.FromTicks(1));
        move.IsCompleted.Should().BeFalse();
        microscope.Clock.Advance(TimeSpan.FromTicks(1));
        await move;
    }

    [Theory]
    [InlineData(-0.51, 0)]
    [InlineData(0, -1)]
    [InlineData(4.51, 0)]
    [InlineData(0, 7)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public async Task Places_outside_the_scan_window_are_refused_and_the_probe_stays(double row, double column)
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ProbePosition before = microscope.TruePlace;
        Func<Task> move = () => microscope.Probe.MoveAsync(new ProbePosition(row, column), None).AsTask();

        (await move.Should().ThrowAsync<InstrumentException>().WithMessage("*scan window is 5×7 px*"))
            .Which.FaultClass.Should().Be(FaultClass.Permanent);
        microscope.TruePlace.Should().Be(before);
    }

    [Fact]
    public async Task An_offset_shows_in_the_read_back_and_the_frame_is_that_of_the_read_back()
    {
        ProbeErrors errors = new(OffsetRowPixels: 2, OffsetColumnPixels: -1);
        using TestMicroscope microscope = TestMicroscope.Make(errors: errors);

        Frame frame = await microscope.Measure(new GridPoint(1, 3), TestMicroscope.Lease(1));

        ProbePosition readBack = await microscope.Probe.ReadBackAsync(None);
        readBack.Should().Be(new ProbePosition(3, 2));
        frame.Counts.Span[1].Should().Be((3 * 7) + 2, "the detector sees where the probe is, not where it was sent");
    }

    [Fact]
    public async Task Placement_and_read_back_scatter_as_asked_and_alike_for_the_same_seed()
    {
        ProbeErrors errors = new(PlacementDeviationPixels: 0.5, ReadBackDeviationPixels: 0.1);
        double placement = 0, reading = 0;
        const int moves = 2000;
        using TestMicroscope first = TestMicroscope.Make(errors: errors);
        using TestMicroscope second = TestMicroscope.Make(errors: errors);
        for (int i = 0; i < moves; i++)
        {
            ProbePosition target = new(2 + (i * 1e-4), 3);
            await first.Finish(first.Probe.MoveAsync(target, None));
            await second.Finish(second.Probe.MoveAsync(target, None));
            ProbePosition readBack = await first.Probe.ReadBackAsync(None);
            (await second.Probe.ReadBackAsync(None)).Should().Be(readBack);
            placement += Square(first.TruePlace.DistanceTo(target));
            reading += Square(readBack.DistanceTo(first.TruePlace));
        }

        // The mean of n squared distances in two dimensions is 2σ² with a relative error of 1/√n.
        (placement / moves).Should().BeApproximately(2 * 0.25, 5 * 2 * 0.25 / Math.Sqrt(moves));
        (reading / moves).Should().BeApproximately(2 * 0.01, 5 * 2 * 0.01 / Math.Sqrt(moves));
    }

    [Fact]
    public void Impossible_errors_and_timings_are_refused()
    {
        FluentActions.Invoking(() => TestMicroscope.Make(errors: new ProbeErrors(PlacementDeviationPixels: -1)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new VirtualTiming(TimeSpan.FromTicks(-1), default, default).Validate())
            .Should().Throw<ArgumentException>().WithMessage("*settle*");
    }

    private static double Square(double value) => value * value;
}
