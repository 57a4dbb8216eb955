using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>
/// Moves an image back by a part of a pixel, by cubic convolution (Keys, IEEE Trans. ASSP 29 (1981) 1153); beyond its
/// rim it goes on as it ends.
/// </summary>
internal static class CubicShift
{
    /// <param name="image">Row-major.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="shift">What it has moved by; less than a pixel.</param>
    public static float[] Of(float[] image, GridShape shape, PixelShift shift)
    {
        if (shift == PixelShift.None)
        {
            return image;
        }

        float[] across = new float[image.Length];
        float[] moved = new float[image.Length];
        Convolve(image, across, shape.Rows, shape.Columns, shape.Columns, 1, shift.Columns);
        Convolve(across, moved, shape.Columns, shape.Rows, 1, shape.Columns, shift.Rows);
        return moved;
    }

    private static void Convolve(
        float[] from, float[] to, int lines, int length, int lineStride, int stride, double shift)
    {
        int whole = (int)Math.Floor(shift);
        double part = shift - whole;
        double[] weights = [Weight(1 + part), Weight(part), Weight(1 - part), Weight(2 - part)];
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = 0; k < weights.Length; k++)
                {
                    int source = Math.Clamp(i + whole + k - 1, 0, length - 1);
                    sum += weights[k] * from[(line * lineStride) + (source * stride)];
                }

                to[(line * lineStride) + (i * stride)] = (float)sum;
            }
        }
    }

    // With a = −1/2.
    private static double Weight(double distance) => distance switch
    {
        < 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
        < 2 => (((((-0.5 * distance) + 2.5) * distance) - 4) * distance) + 2,
        _ => 0,
    };
}
