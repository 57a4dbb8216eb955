using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Support.Lines;
using static DklActors.Instruments.Tests.Remote.Bridge.BridgeSetup;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>A microscope at the reference bridge, which is a process of its own that is killed, stopped and broken.
/// </summary>
public sealed class RealBridgeTests
{
    [PythonFact(PythonBridge.Modules)]
    public async Task It_is_surveyed_moved_and_measured()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--no-noise");
        using BridgeMicroscope microscope = await BeginAsync(bridge);

        StructuralImage image = await microscope.Survey.AcquireAsync(CancellationToken.None);
        await microscope.Probe.MoveAsync(new ProbePosition(10, 12.25), CancellationToken.None);
        ProbePosition place = await microscope.Probe.ReadBackAsync(CancellationToken.None);
        Frame first = await microscope.MeasureAsync();
        Frame second = await microscope.MeasureAsync(Lease(attempt: 2));

        image.Shape.Should().Be(new GridShape(32, 32));
        image.Values.ToArray().Distinct().Count().Should().BeGreaterThan(100);
        place.DistanceTo(new ProbePosition(10, 12.25)).Should().BeLessThan(0.01);
        first.Counts.Length.Should().Be(microscope.EnergyAxis!.Channels);
        second.Counts.ToArray().Should().Equal(first.Counts.ToArray(), "nothing is random there without noise");
        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Permits_that_were_revoked_expose_nothing()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        using BridgeMicroscope microscope = await BeginAsync(bridge);
        ExposureLease lease = Lease();
        await microscope.Detector.ArmAsync(lease, CancellationToken.None);
        microscope.Beam.Unblank();
        microscope.Beam.Blank();

        Func<Task> expose = () => microscope.Detector.ExposeAsync(lease, CancellationToken.None).AsTask();

        await expose.Should().ThrowAsync<InstrumentException>().WithMessage("*permit-revoked*");
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_bridge_that_is_killed_within_an_exposure_leaves_an_outcome_that_nobody_knows_and_goes_on()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        using BridgeMicroscope microscope = await BeginAsync(bridge, dwellS: 5);
        await microscope.Survey.AcquireAsync(CancellationToken.None);
        ExposureLease lease = Lease() with { Dwell = TimeSpan.FromSeconds(5) };
        Task<Frame> measuring = microscope.MeasureAsync(lease);
        await UntilAsync(() => !microscope.Beam.IsBlanked, "the beam is on");

        await bridge.KillAsync();
        await bridge.StartAgainAsync();

        Func<Task> measure = () => measuring;
        await measure.Should().ThrowAsync<OutcomeUnknownException>();
        await UntilAsync(() => microscope.Conditions.All(one => one.Problem is null), "the session is open again");
        // The image is the one that was taken before; nothing is exposed to know where its pixels are.
        await microscope.Probe.MoveAsync(new ProbePosition(3, 4), CancellationToken.None);
        (await microscope.MeasureAsync(Lease(attempt: 2))).Should().BeOfType<SpectrumFrame>();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_bridge_that_stands_still_keeps_nobody_waiting_for_ever()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        using BridgeMicroscope microscope = await BeginAsync(bridge);
        await bridge.SignalAsync("STOP");
        long started = TimeProvider.System.GetTimestamp();

        microscope.Invoking(it => it.Beam.Blank()).Should().Throw<InstrumentException>();
        TimeSpan waited = TimeProvider.System.GetElapsedTime(started);
        await UntilAsync(() => microscope.ProblemOf("link") is not null, "the silence is noticed");
        await bridge.SignalAsync("CONT");

        waited.Should().BeGreaterThan(TimeSpan.FromSeconds(1)).And.BeLessThan(TimeSpan.FromSeconds(30));
        await UntilAsync(() => microscope.ProblemOf("link") is null, "it is back");
        microscope.Beam.Blank();
        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_program_that_falls_silent_within_an_exposure_has_let_go_of_the_beam()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        await using var line = new CuttableLine(bridge.Address);
        using var microscope = new BridgeMicroscope(
            Options(line.Address, bridge.Token, heartbeatS: 0.5, dwellS: 8), TimeProvider.System);
        await microscope.BeginAsync("run-1", CancellationToken.None);
        using var watcher = new BridgeMicroscope(
            Options(bridge.Address, bridge.Token, dwellS: 8), TimeProvider.System);
        ExposureLease lease = Lease() with { Dwell = TimeSpan.FromSeconds(8) };
        Task<Frame> measuring = microscope.MeasureAsync(lease);
        await UntilAsync(() => !watcher.Beam.IsBlanked, "the beam is on");

        line.GoDead();
        await UntilAsync(() => watcher.Beam.IsBlanked, "the bridge blanks by itself");
        measuring.IsCompleted.Should().BeFalse("nothing is heard here");
        line.Revive();

        Func<Task> measure = () => measuring;
        await measure.Should().ThrowAsync<InstrumentException>().WithMessage("*heard nothing*");
        await UntilAsync(() => microscope.Conditions.All(one => one.Problem is null), "the session is open again");
        await microscope.Survey.AcquireAsync(CancellationToken.None);
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Faults_of_the_instrument_are_told_apart()
    {
        foreach ((string fault, string words, FaultClass expected) in new[]
        {
            ("wrong-shape", "*shape*", FaultClass.Unknown),
            ("wrong-type", "*", FaultClass.Unknown),
            ("nothing", "*", FaultClass.Unknown),
            ("raise-acquire", "*not ready*", FaultClass.Transient),
            ("raise-read-out", "*not ready*", FaultClass.Transient),
        })
        {
            await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", fault);
            using BridgeMicroscope microscope = await BeginAsync(bridge);

            Func<Task> measure = () => microscope.MeasureAsync();

            (await measure.Should().ThrowAsync<InstrumentException>().WithMessage(words))
                .Which.FaultClass.Should().Be(expected, fault);
            microscope.Beam.IsBlanked.Should().BeTrue();
        }
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_beam_that_does_not_blank_is_said_at_once()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", "blank-sticks");
        using BridgeMicroscope microscope = await BeginAsync(bridge);

        Func<Task> measure = () => microscope.MeasureAsync();

        await measure.Should().ThrowAsync<InstrumentException>();
        microscope.Invoking(it => it.Beam.Blank()).Should().Throw<InstrumentException>().WithMessage("*beam-alarm*");
        microscope.Beam.IsBlanked.Should().BeFalse();
        await UntilAsync(() => microscope.ProblemOf("instrument") is not null, "the alarm is heard");
        microscope.ProblemOf("instrument").Should().Contain("THE BEAM COULD NOT BE BLANKED");
    }

    private static async Task<BridgeMicroscope> BeginAsync(PythonBridge bridge, double dwellS = 0.02)
    {
        var microscope = new BridgeMicroscope(
            Options(bridge.Address, bridge.Token, heartbeatS: 2, dwellS: dwellS), TimeProvider.System);
        await microscope.BeginAsync("run-1", CancellationToken.None);
        return microscope;
    }
}
