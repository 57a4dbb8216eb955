using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// The probe behind asyncroscopy: placed in fractions of the image, and never read back, so that where it was sent is
/// all that is known.
/// </summary>
internal sealed class AsyncroscopyProbe(AsyncroscopyOptions options, AsyncroscopyLine line) : IProbe
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private ProbePosition? _sent;

    public GridShape ScanWindow => options.Size;

    public async ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken)
    {
        // Pixels reach half a pixel beyond their centres; the server's 0 and 1 are the edges of the image.
        double x = (target.Column + 0.5) / options.Size.Columns;
        double y = (target.Row + 0.5) / options.Size.Rows;
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
        {
            throw new InstrumentException(
                FaultClass.Permanent, $"The probe cannot go to {target}: the image is {options.Size}.");
        }

        _sent = null;
        await line.SendAsync(
            FormattableString.Invariant($"AS_place_beam x={x:R} y={y:R}"), Deadline, cancellationToken)
            .ConfigureAwait(false);
        _sent = target;
    }

    /// <summary>Where it was sent.</summary>
    public ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_sent
            ?? throw new InstrumentException(FaultClass.Transient, "The probe was not placed yet."));
}
