using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>A probe that misses as <see cref="ProbeErrors"/> says, and settles in a given time.</summary>
internal sealed class VirtualProbe(
    VirtualColumn column, GridShape grid, ProbeErrors errors, long seed, TimeSpan settle, TimeProvider time) : IProbe
{
    public GridShape ScanWindow => grid;

    public async ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsInside(target))
        {
            throw new InstrumentException(
                FaultClass.Permanent,
                $"The probe cannot go to {target}: the scan window is {grid}, rows and columns from 0; "
                + "plan points inside it.");
        }

        // A beam left on during the move hits where the probe goes, so the place changes first.
        column.MoveTo(errors.PlaceFor(target, seed));
        await time.WaitAsync(settle, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(errors.ReadingOf(column.Place, seed));
    }

    // Pixels reach half a pixel beyond their centres. NaN fails every comparison.
    private bool IsInside(ProbePosition target) =>
        target.Row >= -0.5 && target.Row <= grid.Rows - 0.5
        && target.Column >= -0.5 && target.Column <= grid.Columns - 0.5;
}
