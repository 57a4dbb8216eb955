using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Where the pixel size of a recorded structural image comes from.</summary>
public abstract record PixelSizeSource
{
    private PixelSizeSource()
    {
    }

    /// <summary>An array that holds one number.</summary>
    public sealed record FromArray(string Array, LengthUnit Unit) : PixelSizeSource;

    /// <summary>The value itself.</summary>
    public sealed record Given(Nanometre Size) : PixelSizeSource;
}
