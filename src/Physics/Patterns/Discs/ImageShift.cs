using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Moves images by parts of a pixel, by a phase ramp on their spectrum.</summary>
internal static class ImageShift
{
    /// <summary>The image with what is at (row, column) moved to pixel (0, 0), wrapping around.</summary>
    public static double[] ToOrigin(ReadOnlySpan<float> image, GridShape shape, double row, double column)
    {
        var transform = RealTransform.For(shape);
        var room = new TransformRoom(transform);
        SplitComplex spectrum = transform.NewSpectrum();
        transform.Forward(image, spectrum, room);
        for (int c = 0; c < shape.Columns; c++)
        {
            int columnFrequency = Frequencies.Signed(c, shape.Columns);
            for (int r = 0; r < transform.RowFrequencies; r++)
            {
                double phase = 2 * Math.PI
                    * (((double)r * row / shape.Rows) + ((double)columnFrequency * column / shape.Columns));
                (double sine, double cosine) = Math.SinCos(phase);
                int i = (c * transform.Stride) + r;
                (double re, double im) = (spectrum.Real[i], spectrum.Imaginary[i]);
                spectrum.Real[i] = (float)((re * cosine) - (im * sine));
                spectrum.Imaginary[i] = (float)((re * sine) + (im * cosine));
            }
        }

        float[] moved = new float[shape.Count];
        transform.Inverse(spectrum, moved, room);
        return [.. moved.Select(static value => (double)value)];
    }
}
