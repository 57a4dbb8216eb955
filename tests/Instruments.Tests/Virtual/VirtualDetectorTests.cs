using DklActors.Instruments.Ports;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Virtual;

public sealed class VirtualDetectorTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_whole_exposure_records_what_is_under_the_probe()
    {
        using TestMicroscope microscope = TestMicroscope.Make();

        Frame frame = await microscope.Measure(new GridPoint(3, 4), TestMicroscope.Lease(1));

        frame.Counts.ToArray().Should().Equal((float)FlatSource.Counts, (3 * 7) + 4);
    }

    [Fact]
    public async Task A_blanked_beam_records_nothing()
    {
        using TestMicroscope microscope = TestMicroscope.Make(noise: true);
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);
        await microscope.Finish(microscope.Detector.ExposeAsync(lease, None));

        Frame frame = await microscope.Finish(microscope.Detector.ReadOutAsync(lease, None));

        frame.Counts.ToArray().Should().Equal(0, 0);
        microscope.Beam.Delivered.TotalElectrons.Should().Be(0);
    }

    [Fact]
    public async Task An_exposure_blanked_for_half_of_it_records_half()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);
        microscope.Beam.Unblank();
        Task exposure = microscope.Detector.ExposeAsync(lease, None).AsTask();
        microscope.Clock.Advance(TestMicroscope.Dwell / 2);
        microscope.Beam.Blank();
        microscope.Clock.Advance(TestMicroscope.Dwell / 2);
        await exposure;

        Frame frame = await microscope.Finish(microscope.Detector.ReadOutAsync(lease, None));

        frame.Counts.Span[0].Should().BeApproximately((float)FlatSource.Counts / 2, 1e-3f);
    }

    [Fact]
    public async Task Beam_before_and_after_the_exposure_reaches_the_sample_but_not_the_frame()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);
        microscope.Beam.Unblank();
        microscope.Clock.Advance(TestMicroscope.Dwell);
        Task exposure = microscope.Detector.ExposeAsync(lease, None).AsTask();
        microscope.Clock.Advance(3 * TestMicroscope.Dwell);
        await exposure;
        microscope.Beam.Blank();

        Frame frame = await microscope.Finish(microscope.Detector.ReadOutAsync(lease, None));

        frame.Counts.Span[0].Should().Be((float)FlatSource.Counts);
        microscope.Beam.Delivered.TotalElectrons.Should().BeApproximately(4 * TestMicroscope.ElectronsPerDwell, 1e-3);
    }

    [Fact]
    public async Task A_probe_that_moves_during_the_exposure_mixes_both_places()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Finish(microscope.Probe.MoveAsync(new ProbePosition(0, 2), None));
        await microscope.Detector.ArmAsync(lease, None);
        microscope.Beam.Unblank();
        Task exposure = microscope.Detector.ExposeAsync(lease, None).AsTask();
        microscope.Clock.Advance(TestMicroscope.Dwell / 4);
        Task move = microscope.Probe.MoveAsync(new ProbePosition(0, 6), None).AsTask();
        microscope.Clock.Advance(TestMicroscope.Dwell);
        await Task.WhenAll(exposure, move);

        Frame frame = await microscope.Finish(microscope.Detector.ReadOutAsync(lease, None));

        frame.Counts.Span[1].Should().BeApproximately((0.25f * 2) + (0.75f * 6), 1e-4f);
    }

    [Fact]
    public async Task The_probe_may_move_on_while_the_frame_is_read_out()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Finish(microscope.Probe.MoveAsync(new ProbePosition(0, 2), None));
        await microscope.Detector.ArmAsync(lease, None);
        microscope.Beam.Unblank();
        await microscope.Finish(microscope.Detector.ExposeAsync(lease, None));
        microscope.Beam.Blank();
        await microscope.Finish(microscope.Probe.MoveAsync(new ProbePosition(4, 6), None));

        Frame frame = await microscope.Finish(microscope.Detector.ReadOutAsync(lease, None));

        frame.Counts.Span[1].Should().Be(2);
    }

    [Fact]
    public async Task The_same_seed_and_lease_give_the_same_frame_whatever_the_order()
    {
        GridPoint[] points = [new(1, 1), new(2, 5), new(4, 0)];
        using TestMicroscope forwards = TestMicroscope.Make(noise: true, seed: 5);
        using TestMicroscope backwards = TestMicroscope.Make(noise: true, seed: 5);
        using TestMicroscope otherSeed = TestMicroscope.Make(noise: true, seed: 6);
        float[][] first = new float[3][], second = new float[3][], third = new float[3][];
        for (int i = 0; i < 3; i++)
        {
            int j = 2 - i;
            first[i] = (await forwards.Measure(points[i], TestMicroscope.Lease(i))).Counts.ToArray();
            second[j] = (await backwards.Measure(points[j], TestMicroscope.Lease(j))).Counts.ToArray();
            third[i] = (await otherSeed.Measure(points[i], TestMicroscope.Lease(i))).Counts.ToArray();
        }

        second.Should().BeEquivalentTo(first, static options => options.WithStrictOrdering());
        third.Should().NotBeEquivalentTo(first);
        first[0][0].Should().NotBe(first[1][0], "each lease has its own noise");
    }

    [Fact]
    public async Task The_same_lease_is_never_exposed_twice()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        await microscope.Measure(new GridPoint(0, 0), TestMicroscope.Lease(1));

        Func<Task> again = () => microscope.Measure(new GridPoint(0, 0), TestMicroscope.Lease(1));
        Func<Task> nextAttempt = () => microscope.Measure(new GridPoint(0, 0), TestMicroscope.Lease(1, attempt: 2));

        (await again.Should().ThrowAsync<InstrumentException>().WithMessage("*p1/1 was made already*"))
            .Which.FaultClass.Should().Be(FaultClass.Permanent);
        await nextAttempt.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Steps_out_of_order_are_refused()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        IDetector detector = microscope.Detector;
        ExposureLease lease = TestMicroscope.Lease(1);
        Func<Task> expose = () => detector.ExposeAsync(lease, None).AsTask();
        Func<Task> readOut = () => detector.ReadOutAsync(lease, None).AsTask();
        Func<Task> exposeAnother = () => detector.ExposeAsync(TestMicroscope.Lease(2), None).AsTask();

        await expose.Should().ThrowAsync<InstrumentException>().WithMessage("*idle*");
        await readOut.Should().ThrowAsync<InstrumentException>().WithMessage("*idle*");
        await detector.ArmAsync(lease, None);
        await exposeAnother.Should().ThrowAsync<InstrumentException>().WithMessage("*Armed for p1/1*p2/1*");
        await readOut.Should().ThrowAsync<InstrumentException>();
    }

    [Fact]
    public async Task Arming_during_an_exposure_is_refused_as_transient()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);
        Task exposure = microscope.Detector.ExposeAsync(lease, None).AsTask();
        Func<Task> arm = () => microscope.Detector.ArmAsync(TestMicroscope.Lease(2), None).AsTask();

        (await arm.Should().ThrowAsync<InstrumentException>()).Which.FaultClass.Should().Be(FaultClass.Transient);

        microscope.Clock.Advance(TestMicroscope.Dwell);
        await exposure;
    }

    [Fact]
    public async Task A_cancelled_exposure_leaves_the_detector_ready_for_the_next_and_the_dose_on_the_books()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        using CancellationTokenSource cancellation = new();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);
        microscope.Beam.Unblank();
        Task exposure = microscope.Detector.ExposeAsync(lease, cancellation.Token).AsTask();
        microscope.Clock.Advance(TestMicroscope.Dwell / 2);
        await cancellation.CancelAsync();
        await ((Func<Task>)(() => exposure)).Should().ThrowAsync<OperationCanceledException>();
        microscope.Beam.Blank();

        Frame frame = await microscope.Measure(new GridPoint(0, 0), TestMicroscope.Lease(1, attempt: 2));

        frame.Counts.Span[0].Should().Be((float)FlatSource.Counts);
        microscope.Beam.Delivered.TotalElectrons.Should().BeApproximately(1.5 * TestMicroscope.ElectronsPerDwell, 1e-3);
    }

    [Fact]
    public async Task Exposure_and_read_out_take_the_time_they_are_given()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        ExposureLease lease = TestMicroscope.Lease(1);
        await microscope.Detector.ArmAsync(lease, None);

        Task exposure = microscope.Detector.ExposeAsync(lease, None).AsTask();
        microscope.Clock.Advance(TestMicroscope.Dwell - TimeSpan.FromTicks(1));
        exposure.IsCompleted.Should().BeFalse();
        microscope.Clock.Advance(TimeSpan.FromTicks(1));
        await exposure;

        Task<Frame> readOut = microscope.Detector.ReadOutAsync(lease, None).AsTask();
        microscope.Clock.Advance(TestMicroscope.Timing.Readout - TimeSpan.FromTicks(1));
        readOut.IsCompleted.Should().BeFalse();
        microscope.Clock.Advance(TimeSpan.FromTicks(1));
        await readOut;
    }
}
