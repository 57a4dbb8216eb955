using DklActors.Messages.Frames;

namespace DklActors.Physics.Spectra.Backgrounds;

/// <summary>
/// A background exp(a + b·u), with u = ln(E/E₀) for a power law (r = −b) and u = E − E₀ for an exponential
/// (τ = −1/b), and how well a and b are known.
/// </summary>
internal readonly record struct BackgroundFit(
    BackgroundModel Model, double ReferenceEnergy, double A, double B, double VarianceA, double Covariance,
    double VarianceB)
{
    private const int LeastChannels = 4;
    private const int MostIterations = 50;
    private const double Converged = 1e-12;

    /// <summary>Fits a background to the channels of a window.</summary>
    /// <returns>Why it cannot be fitted; null where it could.</returns>
    public static string? Of(
        ref Spectrum spectrum, EnergyWindow window, BackgroundModel model, out BackgroundFit fit)
    {
        fit = default;
        if (spectrum.Open(window, out int first, out int length) is { } problem)
        {
            return problem;
        }

        if (length < LeastChannels)
        {
            return $"The background's window, {window}, holds {length} channels, and {LeastChannels} are needed.";
        }

        if (model != BackgroundModel.Exponential && spectrum.EnergyOf(first) <= 0)
        {
            return $"The background's window, {window}, begins at or below 0 eV, where no power law does.";
        }

        double sum = 0;
        foreach (double count in spectrum.Counts.Slice(first, length))
        {
            sum += count;
        }

        if (sum < LeastChannels)
        {
            return $"The background's window, {window}, holds {sum:G6} counts: nothing to fit.";
        }

        string? failure = model == BackgroundModel.TwoAreaPowerLaw
            ? TwoAreas(in spectrum, first, length, out fit)
            : LeastSquares(in spectrum, first, length, sum, model, out fit);
        if (failure is null && fit.B > 0)
        {
            spectrum.Suspect($"The background rises over its window, {window}: it may hold an edge.");
        }

        return failure;
    }

    /// <summary>Expected counts of the background in a channel at this energy, eV.</summary>
    public double At(double energy) => Math.Exp(A + (B * CoordinateOf(energy)));

    public double CoordinateOf(double energy) => Model == BackgroundModel.Exponential
        ? energy - ReferenceEnergy
        : Math.Log(energy / ReferenceEnergy);

    /// <summary>Subtracts the background from all channels and adds what is not known of it as shared modes.</summary>
    public void Subtract(ref Spectrum spectrum)
    {
        // Cholesky factor of the covariance: two independent errors that move a and b as the two are known.
        double firstA = Math.Sqrt(VarianceA);
        double firstB = firstA > 0 ? Covariance / firstA : 0;
        double secondB = Math.Sqrt(Math.Max(VarianceB - (firstB * firstB), 0));
        _ = spectrum.AddMode();
        Span<double> two = spectrum.AddMode();
        Span<double> one = spectrum.Modes.Slice((spectrum.ModeCount - 2) * spectrum.Length, spectrum.Length);
        for (int i = 0; i < spectrum.Length; i++)
        {
            double coordinate = CoordinateOf(spectrum.EnergyOf(i));
            double background = Math.Exp(A + (B * coordinate));
            spectrum.Counts[i] -= background;
            one[i] = background * (firstA + (firstB * coordinate));
            two[i] = background * secondB * coordinate;
        }
    }

    /// <summary>Poisson regression with a logarithmic link, which is least squares with the fitted weights.</summary>
    private static string? LeastSquares(
        in Spectrum spectrum, int first, int length, double sum, BackgroundModel model, out BackgroundFit fit)
    {
        double middle = spectrum.EnergyOf(first + (0.5 * (length - 1)));
        fit = new BackgroundFit(model, middle, Math.Log(sum / length), 0, 0, 0, 0);
        Span<double> coordinates = spectrum.Scratch(1, length);
        for (int i = 0; i < length; i++)
        {
            coordinates[i] = fit.CoordinateOf(spectrum.EnergyOf(first + i));
        }

        ReadOnlySpan<double> counts = spectrum.Counts.Slice(first, length);
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            var (s0, s1, s2, r0, r1) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (int i = 0; i < length; i++)
            {
                double u = coordinates[i];
                double expected = Math.Exp(fit.A + (fit.B * u));
                double residual = counts[i] - expected;
                s0 += expected;
                s1 += expected * u;
                s2 += expected * u * u;
                r0 += residual;
                r1 += residual * u;
            }

            double determinant = (s0 * s2) - (s1 * s1);
            // Far from the solution a full step can overshoot: e to the power of it would never come back.
            double stepA = Math.Clamp(((s2 * r0) - (s1 * r1)) / determinant, -2, 2);
            double stepB = ((s0 * r1) - (s1 * r0)) / determinant;
            if (!double.IsFinite(stepA) || !double.IsFinite(stepB))
            {
                return "The background could not be fitted: its window holds too little.";
            }

            fit = fit with { A = fit.A + stepA, B = fit.B + stepB };
            if (Math.Abs(stepA) <= Converged * (1 + Math.Abs(fit.A))
                && Math.Abs(stepB) <= Converged * (1 + Math.Abs(fit.B)))
            {
                fit = fit.WithCovariance(in spectrum, first, coordinates, s0, s1, s2, determinant);
                return null;
            }
        }

        return $"The background could not be fitted: no convergence in {MostIterations} iterations.";
    }

    /// <summary>The estimate moves by H⁻¹ Σ (1, u) δc, whatever the counts' variances are.</summary>
    private BackgroundFit WithCovariance(
        in Spectrum spectrum, int first, ReadOnlySpan<double> coordinates, double s0, double s1, double s2,
        double determinant)
    {
        Span<double> gradientA = spectrum.Scratch(2, coordinates.Length);
        Span<double> gradientB = spectrum.Scratch(3, coordinates.Length);
        for (int i = 0; i < coordinates.Length; i++)
        {
            gradientA[i] = (s2 - (s1 * coordinates[i])) / determinant;
            gradientB[i] = ((s0 * coordinates[i]) - s1) / determinant;
        }

        double varianceA = spectrum.VarianceOf(first, gradientA);
        double varianceB = spectrum.VarianceOf(first, gradientB);
        for (int i = 0; i < coordinates.Length; i++)
        {
            gradientA[i] += gradientB[i];
        }

        double both = spectrum.VarianceOf(first, gradientA);
        return this with
        {
            VarianceA = varianceA,
            VarianceB = varianceB,
            Covariance = 0.5 * (both - varianceA - varianceB),
        };
    }

    /// <summary>
    /// Egerton's estimate from areas I₁ and I₂ over the halves E₁..E₂ and E₂..E₃ of the window:
    /// r = 2 ln(I₁/I₂) / ln(E₃/E₁), A = (1 − r) I₂ / (E₃¹⁻ʳ − E₂¹⁻ʳ).
    /// </summary>
    private static string? TwoAreas(in Spectrum spectrum, int first, int length, out BackgroundFit fit)
    {
        int half = length / 2;
        Areas areas = new(
            spectrum.EnergyOf(first - 0.5), spectrum.EnergyOf(first + half - 0.5),
            spectrum.EnergyOf(first + (2 * half) - 0.5), spectrum.Dispersion);
        var (lower, upper, varianceLower, varianceUpper) = (0.0, 0.0, 0.0, 0.0);
        for (int i = 0; i < half; i++)
        {
            lower += spectrum.Counts[first + i];
            upper += spectrum.Counts[first + half + i];
            varianceLower += spectrum.Variances[first + i];
            varianceUpper += spectrum.Variances[first + half + i];
        }

        fit = default;
        if (lower <= 0 || upper <= 0)
        {
            return $"The background's window holds {lower:G6} and {upper:G6} counts in its halves: nothing to fit.";
        }

        varianceLower += spectrum.SharedVarianceOfSum(first, half);
        varianceUpper += spectrum.SharedVarianceOfSum(first + half, half);
        (double a, double b) = areas.Solve(lower, upper);
        const double Step = 1e-4;
        (double aLower, double bLower) = areas.Solve(lower * (1 + Step), upper);
        (double aUpper, double bUpper) = areas.Solve(lower, upper * (1 + Step));
        (double al, double bl) = ((aLower - a) / (Step * lower), (bLower - b) / (Step * lower));
        (double au, double bu) = ((aUpper - a) / (Step * upper), (bUpper - b) / (Step * upper));
        fit = new BackgroundFit(
            BackgroundModel.TwoAreaPowerLaw, areas.Middle, a, b,
            (al * al * varianceLower) + (au * au * varianceUpper),
            (al * bl * varianceLower) + (au * bu * varianceUpper),
            (bl * bl * varianceLower) + (bu * bu * varianceUpper));
        return null;
    }

    private readonly record struct Areas(double Start, double Middle, double End, double Dispersion)
    {
        /// <summary>Logarithm of the counts at the middle, and the exponent.</summary>
        public (double A, double B) Solve(double lower, double upper)
        {
            double r = 2 * Math.Log(lower / upper) / Math.Log(End / Start);
            double k = 1 - r;
            // Energies relative to the middle, so that A is the counts there and no power of a large number.
            double width = Math.Abs(k) < 1e-9
                ? Math.Log(End / Middle)
                : (Math.Pow(End / Middle, k) - 1) / k;
            return (Math.Log(upper * Dispersion / (Middle * width)), -r);
        }
    }
}
