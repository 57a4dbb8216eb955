namespace DklActors.Physics.Fourier;

/// <summary>Slope of an image from its spectrum: every frequency times i·2π·k/n.</summary>
internal static class SpectralSlope
{
    /// <summary>The image of ∂/∂row or ∂/∂column.</summary>
    public static float[] Of(RealTransform transform, SplitComplex spectrum, bool alongRows, TransformRoom room)
    {
        SplitComplex slope = transform.NewSpectrum();
        (int rows, int columns) = (transform.Shape.Rows, transform.Shape.Columns);
        for (int c = 0; c < columns; c++)
        {
            double columnStep = Frequencies.IsNyquist(c, columns)
                ? 0
                : 2 * Math.PI * Frequencies.Signed(c, columns) / columns;
            for (int r = 0; r < transform.RowFrequencies; r++)
            {
                double rowStep = Frequencies.IsNyquist(r, rows) ? 0 : 2 * Math.PI * r / rows;
                float step = (float)(alongRows ? rowStep : columnStep);
                int i = (c * transform.Stride) + r;
                slope.Real[i] = -step * spectrum.Imaginary[i];
                slope.Imaginary[i] = step * spectrum.Real[i];
            }
        }

        float[] image = new float[transform.Shape.Count];
        transform.Inverse(slope, image, room);
        return image;
    }
}
