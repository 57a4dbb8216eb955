using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>
/// The shift that leaves the least between two images, contrast and brightness aside, near one that is known roughly:
/// by Newton's steps along the gradient of the scene (Lucas and Kanade, IJCAI 1981, 674).
/// </summary>
/// <remarks>
/// <para>
/// No window is needed, since nothing is taken for periodic: every pixel of what both images show has its say, and for
/// white noise the error is that of the Cramér-Rao bound (Robinson and Milanfar, IEEE Trans. Image Process. 13 (2004)
/// 1185). A window that tapers leaves out three quarters of it.
/// </para>
/// <para>
/// The gradient is that of the mean of both images, blurred to what stands out of the noise. It is used as an
/// instrument: the noise of the mean does not go with that of the difference, so that the steps come to rest where the
/// difference has none of the gradient left, however noisy the gradient is. Least squares on a noisy gradient would be
/// drawn towards zero.
/// </para>
/// </remarks>
internal static class LeastSquaresShift
{
    private const int MostSteps = 40;

    // px: far below what noise leaves.
    private const double Settled = 0.001;

    // Interpolation and gradient reach so far; beyond the rim there is nothing to reach for.
    private const int Rim = 2;

    private const double LeastBlur = 0.6;

    // px: a peak is found to that, however sharp it is.
    private const double LeastReach = 2;

    // Shift along rows and columns, contrast, brightness.
    private const int Unknowns = 4;

    /// <summary>Null where the steps lead away or do not come to rest.</summary>
    /// <param name="reference">The first image, row-major.</param>
    /// <param name="moved">The other.</param>
    /// <param name="search">Where the shift may lie.</param>
    /// <param name="start">What is known of it.</param>
    /// <param name="spectrum">Of what both show there.</param>
    public static PixelShift? From(
        ReadOnlySpan<float> reference,
        ReadOnlySpan<float> moved,
        SearchArea search,
        PixelShift start,
        CrossSpectrum spectrum)
    {
        double side = Math.Min(search.Image.Rows, search.Image.Columns);
        // The frequency within whose circle lies as much as stands out, cycles per px, as the deviation of a Gaussian.
        double blur = Math.Clamp(
            1 / (2 * Math.Sqrt(Math.PI * spectrum.ShareSeen)), LeastBlur, Math.Max(LeastBlur, side / 12));
        // Twice the deviation of what is in the scene, were it of Gaussians: as far as one finds its way to itself.
        double reach = Math.Clamp(1 / Math.Sqrt(spectrum.SumsSeen().Roughness), LeastReach, side / 2);
        double longest = 0.5 * reach;
        PixelShift shift = start;
        for (int step = 0; step < MostSteps; step++)
        {
            if (StepAt(reference, moved, search.Image, shift, blur) is not { } rest)
            {
                return null;
            }

            shift += rest.Length > longest ? (longest / rest.Length) * rest : rest;
            if (!search.IsInside(shift) || (shift - start).Length > reach)
            {
                return null;
            }

            if (rest.Length < Settled)
            {
                return shift;
            }
        }

        return null;
    }

    /// <summary>What is left of the shift, to first order; null where there is no contrast to tell it from.</summary>
    private static PixelShift? StepAt(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> moved, GridShape image, PixelShift shift, double blur)
    {
        var whole = WholeShift.Of(shift);
        var overlap = Overlap.At(whole, image);
        float[] first = overlap.OfReference(reference);
        float[] second = overlap.OfMoved(moved, shift - whole.ToShift());
        if (!Standardise(first) || !Standardise(second))
        {
            return null;
        }

        float[] scene = new float[first.Length];
        for (int i = 0; i < scene.Length; i++)
        {
            scene[i] = 0.5f * (first[i] + second[i]);
        }

        double[] equations = EquationsOf(first, second, GaussianBlur.Of(scene, overlap.Shape, blur), overlap.Shape);
        return Solve(equations) is { } found ? new PixelShift(found[0], found[1]) : null;
    }

    /// <summary>
    /// Unknowns × (unknowns + 1): instruments on the terms that explain the second image, and on that image.
    /// </summary>
    private static double[] EquationsOf(float[] first, float[] second, float[] scene, GridShape shape)
    {
        double[] equations = new double[Unknowns * (Unknowns + 1)];
        Span<double> instruments = stackalloc double[Unknowns];
        Span<double> terms = stackalloc double[Unknowns + 1];
        for (int row = Rim; row < shape.Rows - Rim; row++)
        {
            for (int column = Rim; column < shape.Columns - Rim; column++)
            {
                int i = (row * shape.Columns) + column;
                double alongRows = 0.5 * (scene[i + shape.Columns] - scene[i - shape.Columns]);
                double alongColumns = 0.5 * (scene[i + 1] - scene[i - 1]);
                (instruments[0], instruments[1], instruments[2], instruments[3]) =
                    (alongRows, alongColumns, scene[i], 1);
                (terms[0], terms[1], terms[2], terms[3], terms[4]) =
                    (-alongRows, -alongColumns, first[i], 1, second[i]);
                for (int a = 0; a < Unknowns; a++)
                {
                    for (int b = 0; b <= Unknowns; b++)
                    {
                        equations[(a * (Unknowns + 1)) + b] += instruments[a] * terms[b];
                    }
                }
            }
        }

        return equations;
    }

    /// <summary>Mean 0 and deviation 1; false where there is nothing but one value.</summary>
    private static bool Standardise(float[] image)
    {
        (double sum, double squares) = (0, 0);
        foreach (float value in image)
        {
            sum += value;
        }

        double mean = sum / image.Length;
        foreach (float value in image)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / image.Length);
        if (!(deviation > 0))
        {
            return false;
        }

        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)((image[i] - mean) / deviation);
        }

        return true;
    }

    /// <summary>Gauss's elimination with row pivots; null where the equations say nothing of some unknown.</summary>
    private static double[]? Solve(double[] equations)
    {
        const int Width = Unknowns + 1;
        for (int pivot = 0; pivot < Unknowns; pivot++)
        {
            int best = pivot;
            for (int row = pivot + 1; row < Unknowns; row++)
            {
                best = Math.Abs(equations[(row * Width) + pivot]) > Math.Abs(equations[(best * Width) + pivot])
                    ? row
                    : best;
            }

            for (int column = 0; column < Width; column++)
            {
                (equations[(pivot * Width) + column], equations[(best * Width) + column]) =
                    (equations[(best * Width) + column], equations[(pivot * Width) + column]);
            }

            for (int row = 0; row < Unknowns; row++)
            {
                double factor = equations[(row * Width) + pivot] / equations[(pivot * Width) + pivot];
                for (int column = pivot; row != pivot && column < Width; column++)
                {
                    equations[(row * Width) + column] -= factor * equations[(pivot * Width) + column];
                }
            }
        }

        double[] found =
        [
            .. Enumerable.Range(0, Unknowns)
                .Select(row => equations[(row * Width) + Unknowns] / equations[(row * Width) + row]),
        ];
        return found.All(double.IsFinite) ? found : null;
    }
}
