using DklActors.Instruments.Virtual;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Virtual;

/// <summary>A virtual microscope over <see cref="FlatSource"/>, on a clock that the test moves.</summary>
internal sealed class TestMicroscope : VirtualMicroscope
{
    public static readonly VirtualTiming Timing =
        new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(350));

    public static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(100);

    // 1 pA · 0.1 s / e: round enough to recognise, and far from any other number here.
    public static readonly double ElectronsPerDwell = 1e-12 * 0.1 / 1.602176634e-19;

    private TestMicroscope(
        FlatSource source, ProbeErrors errors, long seed, SampleDrift drift, ManualTimeProvider clock)
        : base(
            source,
            new StructuralImage("HAADF", source.Grid, new Nanometre(2), new float[source.Grid.Count]),
            new VirtualSettings(seed, new BeamCurrent(1), errors, Dwell) { Drift = drift },
            Timing,
            clock) => Clock = clock;

    public ManualTimeProvider Clock { get; }

    public override string Description => "a microscope to test";

    public override bool IsNoiseFree => true;

    public static TestMicroscope Make(
        bool noise = false, ProbeErrors? errors = null, long seed = 1, SampleDrift? drift = null) =>
        new(
            new FlatSource(noise),
            errors ?? ProbeErrors.None,
            seed,
            drift ?? SampleDrift.None,
            new ManualTimeProvider());

    public static ExposureLease Lease(int point, int attempt = 1) =>
        new(new PointId(point), attempt, Dwell, TimeSpan.FromSeconds(1));

    /// <summary>Runs the clock until the work is done.</summary>
    public async Task<T> Finish<T>(ValueTask<T> work)
    {
        Task<T> task = work.AsTask();
        for (int i = 0; i < 1000 && !task.IsCompleted; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await task;
    }

    public async Task Finish(ValueTask work)
    {
        Task task = work.AsTask();
        for (int i = 0; i < 1000 && !task.IsCompleted; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await task;
    }

    /// <summary>One whole measurement with the beam on exactly during the exposure.</summary>
    public async Task<Frame> Measure(GridPoint point, ExposureLease lease)
    {
        await Finish(Probe.MoveAsync(point.Centre, CancellationToken.None));
        await Detector.ArmAsync(lease, CancellationToken.None);
        Task exposure = Detector.ExposeAsync(lease, CancellationToken.None).AsTask();
        Beam.Unblank();
        Clock.Advance(lease.Dwell);
        Beam.Blank();
        await exposure;
        return await Finish(Detector.ReadOutAsync(lease, CancellationToken.None));
    }
}
