using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Instruments;

internal sealed class SimulatedDetector(Specimen specimen, Column column, FaultPlan faults, TimeProvider time)
    : IDetector
{
    private GridPoint _exposedAt;
    private Frame? _lastFrame;

    public async ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        if (faults.Happens(FaultKind.ArmHangs))
        {
            await Pause.Forever().ConfigureAwait(false);
        }

        if (faults.Choice.Chance(0.5))
        {
            await time.For(TimeSpan.FromMilliseconds(1), cancellationToken).ConfigureAwait(false);
        }

        if (faults.Happens(FaultKind.ArmRefused))
        {
            throw new InstrumentException(FaultClass.Transient, FaultPlan.Injected(FaultKind.ArmRefused));
        }

        column.Armed = lease;
    }

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        column.Charge();
        specimen.Settle();
        _exposedAt = (column.Probe - specimen.Drift).NearestPixel;
        if (faults.Happens(FaultKind.ExposureFails))
        {
            throw new InstrumentException(FaultClass.Transient, FaultPlan.Injected(FaultKind.ExposureFails));
        }

        if (faults.Happens(FaultKind.ExposureFailsForGood))
        {
            throw new InstrumentException(FaultClass.Permanent, FaultPlan.Injected(FaultKind.ExposureFailsForGood));
        }

        if (faults.Happens(FaultKind.ExposureHangs))
        {
            await Pause.Forever().ConfigureAwait(false);
        }

        TimeSpan longer = faults.Happens(FaultKind.ExposureIsLate)
            ? faults.Choice.Between(TimeSpan.Zero, 2 * lease.LongestWallTime)
            : TimeSpan.Zero;
        await time.For(lease.Dwell + longer, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        TimeSpan took = faults.Happens(FaultKind.ReadOutIsLate)
            ? faults.Choice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(8))
            : TimeSpan.FromMilliseconds(5);
        await time.For(took, cancellationToken).ConfigureAwait(false);
        if (faults.Happens(FaultKind.ReadOutFails))
        {
            throw new InstrumentException(FaultClass.Unknown, FaultPlan.Injected(FaultKind.ReadOutFails));
        }

        if (faults.Happens(FaultKind.ReadOutGivesNothing))
        {
            return null!;
        }

        Frame? again = faults.Happens(FaultKind.FrameComesTwice) ? _lastFrame : null;
        _lastFrame = again ?? NextFrame();
        return _lastFrame;
    }

    private SpectrumFrame NextFrame()
    {
        float value = faults.Happens(FaultKind.FrameIsNoNumber) ? float.NaN
            : faults.Happens(FaultKind.FrameIsEmpty) ? 0
            : -1;
        if (value == -1)
        {
            return specimen.SpectrumAt(_exposedAt, faults.Choice);
        }

        float[] counts = new float[Specimen.Axis.Channels];
        Array.Fill(counts, value);
        return new SpectrumFrame(Specimen.Axis, counts);
    }
}
