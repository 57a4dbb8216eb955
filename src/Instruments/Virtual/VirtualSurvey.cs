using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Virtual;

/// <summary>A raster scan that gives an image known beforehand and charges its dose to the whole grid.</summary>
internal sealed class VirtualSurvey(
    VirtualColumn column, StructuralImage image, TimeSpan duration, TimeProvider time) : ISurvey
{
    public TimeSpan Duration => duration;

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        column.SetScanning(true);
        try
        {
            column.SetBlanked(false);
            await time.WaitAsync(duration, cancellationToken).ConfigureAwait(false);
            return image;
        }
        finally
        {
            column.SetBlanked(true);
            column.SetScanning(false);
        }
    }
}
