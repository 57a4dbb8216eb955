using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Lettering;

/// <summary>How text is drawn.</summary>
/// <param name="Size">Size in pixels; capitals are 0.72 of it high.</param>
/// <param name="Colour">The colour.</param>
/// <param name="Weight">Width of the strokes; 1 is regular, 1.4 bold.</param>
internal sealed record TextStyle(double Size, Rgb Colour, double Weight = 1)
{
    /// <summary>Width of a stroke in pixels.</summary>
    public double Thickness => 0.09 * Size * Weight;

    /// <summary>Height of a capital in pixels, a whole number.</summary>
    public int CapitalHeight => (int)StrokeFont.Rise(10, Size);
}
