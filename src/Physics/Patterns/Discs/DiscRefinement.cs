namespace DklActors.Physics.Patterns.Discs;

/// <summary>How a disc's place between pixels is found.</summary>
public enum DiscRefinement
{
    /// <summary>The maximum of the correlation upsampled without limit: see <c>TrigonometricPeak</c>.</summary>
    Fourier,

    /// <summary>A parabola through three pixels, along rows and along columns.</summary>
    Parabola,

    /// <summary>The pixel.</summary>
    None,
}
