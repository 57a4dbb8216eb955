namespace DklActors.Physics.Registration;

/// <summary>A cosine taper, so that the rim of an image, which does not move with it, has no say.</summary>
internal static class TukeyWindow
{
    /// <param name="length">Number of values.</param>
    /// <param name="taper">Share of the length that is tapered, both ends together: 1 is Hann's window.</param>
    public static double[] Of(int length, double taper)
    {
        double[] window = new double[length];
        for (int i = 0; i < length; i++)
        {
            double place = (i + 0.5) / length;
            double edge = Math.Min(place, 1 - place);
            window[i] = edge < taper / 2 ? 0.5 - (0.5 * Math.Cos(2 * Math.PI * edge / taper)) : 1;
        }

        return window;
    }
}
