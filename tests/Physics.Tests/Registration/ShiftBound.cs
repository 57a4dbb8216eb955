using DklActors.Messages.Geometry;

namespace DklActors.Physics.Tests.Registration;

/// <summary>
/// Cramér-Rao bound on the shift between two images of a scene that is not known, both with white noise: twice the
/// noise's variance times the inverse of the sum of the gradient's outer products over what both show (Robinson and
/// Milanfar, IEEE Trans. Image Process. 13 (2004) 1185, for a reference without noise, has it once).
/// </summary>
internal static class ShiftBound
{
    // px to either side of which the gradient is told.
    private const double Near = 0.05;

    /// <summary>Root mean square error of both axes together, px.</summary>
    /// <param name="scene">The scene by its shift.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="shift">How far it has moved.</param>
    /// <param name="noise">In standard deviations of the image.</param>
    public static double Of(Func<PixelShift, float[]> scene, GridShape shape, PixelShift shift, double noise)
    {
        float[] still = scene(PixelShift.None);
        double mean = still.Average();
        double variance = noise * noise * still.Average(value => (value - mean) * (value - mean));
        float[] alongRows = Gradient(new PixelShift(Near, 0));
        float[] alongColumns = Gradient(new PixelShift(0, Near));
        (int down, int across) = ((int)Math.Round(shift.Rows), (int)Math.Round(shift.Columns));
        (double rows, double columns, double both) = (0, 0, 0);
        for (int row = Math.Max(0, -down); row < Math.Min(shape.Rows, shape.Rows - down); row++)
        {
            for (int column = Math.Max(0, -across); column < Math.Min(shape.Columns, shape.Columns - across); column++)
            {
                int i = (row * shape.Columns) + column;
                rows += alongRows[i] * alongRows[i];
                columns += alongColumns[i] * alongColumns[i];
                both += alongRows[i] * alongColumns[i];
            }
        }

        return Math.Sqrt(2 * variance * (rows + columns) / ((rows * columns) - (both * both)));

        float[] Gradient(PixelShift step) =>
        [
            .. scene(step).Zip(scene(-1 * step), static (ahead, behind) => (ahead - behind) / (float)(2 * Near)),
        ];
    }
}
