using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// A raster scan that gives an image known beforehand, moved as far as the sample has drifted, and charges its dose to
/// the whole grid.
/// </summary>
internal sealed class VirtualSurvey(
    VirtualColumn column, StructuralImage image, double noise, long seed, TimeSpan duration, TimeProvider time)
    : ISurvey
{
    private int _scans;

    public TimeSpan Duration => duration;

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        column.SetScanning(true);
        PixelShift before = column.Drift;
        try
        {
            column.SetBlanked(false);
            await time.WaitAsync(duration, cancellationToken).ConfigureAwait(false);
            StructuralImage moved = MovedImage.Of(image, 0.5 * (before + column.Drift));
            // The time keeps the scans of a process that takes a run up from having the noise of the one before it.
            SeededStream random = SeededStream.Of(seed, "scan-noise")
                .With((ulong)Interlocked.Increment(ref _scans)).With((ulong)time.GetTimestamp());
            return MovedImage.WithNoise(moved, noise, ref random);
        }
        finally
        {
            column.SetBlanked(true);
            column.SetScanning(false);
        }
    }
}
