using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Instruments;

internal sealed class SimulatedProbe(Column column, FaultPlan faults, TimeProvider time) : IProbe
{
    public GridShape ScanWindow => Specimen.Shape;

    public async ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken)
    {
        if (faults.Happens(FaultKind.MoveThrowsAnything))
        {
            throw new InvalidCastException(FaultPlan.Injected(FaultKind.MoveThrowsAnything));
        }

        if (faults.Happens(FaultKind.MoveRefused))
        {
            throw new InstrumentException(
                faults.Choice.Chance(0.5) ? FaultClass.Transient : FaultClass.Permanent,
                FaultPlan.Injected(FaultKind.MoveRefused));
        }

        if (faults.Happens(FaultKind.MoveHangs))
        {
            await Pause.Forever().ConfigureAwait(false);
        }

        TimeSpan took = faults.Happens(FaultKind.MoveIsSlow)
            ? faults.Choice.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(8))
            : TimeSpan.FromMilliseconds(1);
        await time.For(took, cancellationToken).ConfigureAwait(false);
        column.Charge();
        column.Probe = Landing(target);
    }

    public async ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken)
    {
        await time.For(TimeSpan.FromMilliseconds(1), cancellationToken).ConfigureAwait(false);
        if (faults.Happens(FaultKind.ReadBackFails))
        {
            throw new InstrumentException(FaultClass.Transient, FaultPlan.Injected(FaultKind.ReadBackFails));
        }

        return faults.Happens(FaultKind.ReadBackIsNoNumber)
            ? new ProbePosition(double.NaN, double.NaN)
            : column.Probe;
    }

    private ProbePosition Landing(ProbePosition target)
    {
        double off = faults.Happens(FaultKind.ProbeLandsElsewhere) ? 4
            : faults.Happens(FaultKind.ProbeLandsNearby) ? 1
            : 0.2;
        return new ProbePosition(
            target.Row + (off * (faults.Choice.Fraction() - 0.5)),
            target.Column + (off * (faults.Choice.Fraction() - 0.5)));
    }
}
