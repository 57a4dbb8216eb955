namespace DklActors.Physics.Patterns.Rings;

/// <summary>
/// Fits A·exp(−(r − μ)²/2σ²) + b₀ + b₁·(r − r̄) to a profile: Levenberg and Marquardt, every bin weighted by what the
/// model expects there (Poisson), so that few counts bias nothing.
/// </summary>
internal static class RingFit
{
    public const int Parameters = 5;

    private const int MostSteps = 100;
    private const double Converged = 1e-7;
    private const int EndBins = 3;

    /// <summary>Fits from a start made of the profile itself.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="parameters">Filled with A, μ, σ, b₀, b₁.</param>
    /// <param name="covariance">Filled with their covariance.</param>
    /// <returns>Whether it converged.</returns>
    public static bool TryFit(RadialProfile profile, Span<double> parameters, Span<double> covariance)
    {
        Start(profile, parameters);
        Span<double> normal = stackalloc double[Parameters * Parameters], slope = stackalloc double[Parameters];
        Span<double> damped = stackalloc double[Parameters * Parameters], step = stackalloc double[Parameters];
        Span<double> tried = stackalloc double[Parameters];
        double damping = 1e-3;
        for (int i = 0; i < MostSteps; i++)
        {
            double before = Accumulate(profile, parameters, parameters, normal, slope);
            bool better = false;
            for (int attempt = 0; attempt < 12 && !better; attempt++)
            {
                normal.CopyTo(damped);
                slope.CopyTo(step);
                for (int p = 0; p < Parameters; p++)
                {
                    damped[(p * Parameters) + p] *= 1 + damping;
                }

                better = Solve(damped, step);
                for (int p = 0; p < Parameters; p++)
                {
                    tried[p] = parameters[p] + step[p];
                }

                // Against the same weights: those of the new model would favour a high model.
                better = better && tried[2] > 0.1 && Squares(profile, tried, parameters) <= before;
                damping = better ? damping / 5 : damping * 5;
            }

            if (!better)
            {
                break;
            }

            tried.CopyTo(parameters);
            if (Math.Abs(step[1]) < Converged && Math.Abs(step[2]) < Converged)
            {
                break;
            }
        }

        Accumulate(profile, parameters, parameters, normal, slope);
        return Invert(normal, covariance) && double.IsFinite(parameters[1]);
    }

    private static void Start(RadialProfile profile, Span<double> parameters)
    {
        int last = profile.Bins - 1;
        double low = 0, high = 0;
        for (int i = 0; i < EndBins; i++)
        {
            low += profile.Mean(i) / EndBins;
            high += profile.Mean(last - i) / EndBins;
        }

        double middle = Middle(profile), slope = (high - low) / (profile.Radius(last - 1) - profile.Radius(1));
        int top = 0;
        double height = double.NegativeInfinity, area = 0;
        for (int i = 0; i <= last; i++)
        {
            double above = profile.Mean(i) - low - (slope * (profile.Radius(i) - profile.Radius(1)));
            area += Math.Max(above, 0);
            (top, height) = above > height ? (i, above) : (top, height);
        }

        parameters[0] = Math.Max(height, 1e-12);
        parameters[1] = profile.Radius(top);
        parameters[2] = Math.Clamp(area / (parameters[0] * Math.Sqrt(2 * Math.PI)), 0.7, profile.Bins / 3.0);
        parameters[3] = (low + high) / 2;
        parameters[4] = slope;
    }

    // Normal equations with weights by the model of other parameters; returns the weighted squares.
    private static double Accumulate(
        RadialProfile profile, ReadOnlySpan<double> parameters, ReadOnlySpan<double> weighting, Span<double> normal,
        Span<double> slope)
    {
        normal.Clear();
        slope.Clear();
        Span<double> gradient = stackalloc double[Parameters];
        double middle = Middle(profile), floor = Floor(profile), squares = 0;
        for (int bin = 0; bin < profile.Bins; bin++)
        {
            double radius = profile.Radius(bin), from = radius - parameters[1], sigma = parameters[2];
            double bell = Math.Exp(-0.5 * from * from / (sigma * sigma));
            gradient[0] = bell;
            gradient[1] = parameters[0] * bell * from / (sigma * sigma);
            gradient[2] = parameters[0] * bell * from * from / (sigma * sigma * sigma);
            gradient[3] = 1;
            gradient[4] = radius - middle;
            double residual = profile.Mean(bin) - Model(parameters, radius, middle);
            double weight = profile.Pixels(bin) / Math.Max(Model(weighting, radius, middle), floor);
            squares += weight * residual * residual;
            for (int p = 0; p < Parameters; p++)
            {
                slope[p] += weight * gradient[p] * residual;
                for (int q = 0; q < Parameters; q++)
                {
                    normal[(p * Parameters) + q] += weight * gradient[p] * gradient[q];
                }
            }
        }

        return squares;
    }

    private static double Squares(
        RadialProfile profile, ReadOnlySpan<double> parameters, ReadOnlySpan<double> weighting)
    {
        double middle = Middle(profile), floor = Floor(profile), squares = 0;
        for (int bin = 0; bin < profile.Bins; bin++)
        {
            double radius = profile.Radius(bin);
            double residual = profile.Mean(bin) - Model(parameters, radius, middle);
            squares += profile.Pixels(bin) / Math.Max(Model(weighting, radius, middle), floor) * residual * residual;
        }

        return squares;
    }

    private static double Model(ReadOnlySpan<double> p, double radius, double middle)
    {
        double from = (radius - p[1]) / p[2];
        return (p[0] * Math.Exp(-0.5 * from * from)) + p[3] + (p[4] * (radius - middle));
    }

    private static double Middle(RadialProfile profile) =>
        (profile.Radius(0) + profile.Radius(profile.Bins - 1)) / 2;

    // A bin where nothing is expected still has the error of one count.
    private static double Floor(RadialProfile profile)
    {
        double sum = 0, pixels = 0;
        for (int bin = 0; bin < profile.Bins; bin++)
        {
            sum += profile.Mean(bin) * profile.Pixels(bin);
            pixels += profile.Pixels(bin);
        }

        return Math.Max(1e-3 * sum / pixels, 1 / pixels);
    }

    private static bool Invert(ReadOnlySpan<double> matrix, Span<double> inverse)
    {
        Span<double> copy = stackalloc double[Parameters * Parameters], column = stackalloc double[Parameters];
        for (int i = 0; i < Parameters; i++)
        {
            matrix.CopyTo(copy);
            column.Clear();
            column[i] = 1;
            if (!Solve(copy, column))
            {
                return false;
            }

            for (int j = 0; j < Parameters; j++)
            {
                inverse[(j * Parameters) + i] = column[j];
            }
        }

        return true;
    }

    // Gauss with pivots; the right side becomes the solution.
    private static bool Solve(Span<double> matrix, Span<double> right)
    {
        for (int i = 0; i < Parameters; i++)
        {
            int pivot = i;
            for (int row = i + 1; row < Parameters; row++)
            {
                pivot = Math.Abs(matrix[(row * Parameters) + i]) > Math.Abs(matrix[(pivot * Parameters) + i])
                    ? row
                    : pivot;
            }

            if (!(Math.Abs(matrix[(pivot * Parameters) + i]) > 1e-300))
            {
                return false;
            }

            for (int column = 0; column < Parameters; column++)
            {
                (matrix[(i * Parameters) + column], matrix[(pivot * Parameters) + column]) =
                    (matrix[(pivot * Parameters) + column], matrix[(i * Parameters) + column]);
            }

            (right[i], right[pivot]) = (right[pivot], right[i]);
            for (int row = i + 1; row < Parameters; row++)
            {
                double factor = matrix[(row * Parameters) + i] / matrix[(i * Parameters) + i];
                for (int column = i; column < Parameters; column++)
                {
                    matrix[(row * Parameters) + column] -= factor * matrix[(i * Parameters) + column];
                }

                right[row] -= factor * right[i];
            }
        }

        for (int i = Parameters - 1; i >= 0; i--)
        {
            for (int column = i + 1; column < Parameters; column++)
            {
                right[i] -= matrix[(i * Parameters) + column] * right[column];
            }

            right[i] /= matrix[(i * Parameters) + i];
        }

        return true;
    }
}
