using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// The spectrometer behind asyncroscopy: one command exposes and reads out, so that the beam is on until the spectrum
/// is here.
/// </summary>
internal sealed class AsyncroscopyDetector(AsyncroscopyOptions options, AsyncroscopyLine line, EnergyAxis axis)
    : IDetector
{
    private ExposureLease? _armed;
    private (ExposureLease Lease, float[] Counts)? _exposed;

    public ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _armed = lease;
        return ValueTask.CompletedTask;
    }

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        if (_armed != lease)
        {
            throw new InstrumentException(FaultClass.Permanent, $"The detector is not armed for {lease.Id}.");
        }

        _armed = null;
        _exposed = null;
        string command = FormattableString.Invariant($"Gatan_get_spectrum size={options.SpectrumSize}");
        AsyncroscopyReply reply = await line.SendAsync(command, lease.LongestWallTime, cancellationToken)
            .ConfigureAwait(false);
        _exposed = (lease, reply.Numbers(command, options.SpectrumSize));
    }

    public ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken) =>
        _exposed is var (of, counts) && of == lease
            ? ValueTask.FromResult<Frame>(new SpectrumFrame(axis, counts))
            : throw new InstrumentException(FaultClass.Permanent, $"Nothing was exposed under {lease.Id}.");
}
