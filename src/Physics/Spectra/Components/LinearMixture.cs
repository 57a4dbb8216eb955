namespace DklActors.Physics.Spectra.Components;

/// <summary>Weights of fixed components by least squares, free or none of them negative.</summary>
/// <remarks>
/// Without negative weights by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974,
/// chapter 23) on the normal equations, whose matrix is made once. Immutable and shared by threads.
/// </remarks>
internal sealed class LinearMixture
{
    /// <summary>Most components.</summary>
    public const int Most = 32;

    private const double Tolerance = 1e-10;

    private readonly int _count;
    private readonly double[] _components;
    private readonly double[] _gram;

    /// <param name="components">Components × channels, row-major.</param>
    /// <param name="count">Number of components.</param>
    public LinearMixture(ReadOnlySpan<float> components, int count)
    {
        _count = count;
        Channels = components.Length / count;
        _components = new double[components.Length];
        for (int i = 0; i < components.Length; i++)
        {
            _components[i] = components[i];
        }

        _gram = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                _gram[(i * count) + j] = Dot(Component(i), Component(j));
            }
        }
    }

    public int Channels { get; }

    /// <summary>Finds the weights, and which components take part.</summary>
    /// <returns>False where components depend on each other.</returns>
    public bool TrySolve(
        ReadOnlySpan<double> spectrum, bool isNonNegative, Span<double> weights, Span<bool> takesPart)
    {
        Span<double> right = stackalloc double[Most];
        for (int k = 0; k < _count; k++)
        {
            right[k] = Dot(Component(k), spectrum);
        }

        weights[.._count].Clear();
        takesPart[.._count].Fill(!isNonNegative);
        return isNonNegative
            ? TrySolveNonNegative(right, weights, takesPart)
            : TrySolveAmong(takesPart, right, weights);
    }

    /// <summary>What each channel's counts add to the weight of a component.</summary>
    public bool TryGradient(int component, Span<bool> takesPart, Span<double> gradient)
    {
        Span<double> unit = stackalloc double[Most];
        Span<double> row = stackalloc double[Most];
        unit.Clear();
        unit[component] = 1;
        takesPart[component] = true;
        if (!TrySolveAmong(takesPart, unit, row))
        {
            return false;
        }

        gradient.Clear();
        for (int k = 0; k < _count; k++)
        {
            ReadOnlySpan<double> spectrum = Component(k);
            for (int i = 0; takesPart[k] && i < gradient.Length; i++)
            {
                gradient[i] += row[k] * spectrum[i];
            }
        }

        return true;
    }

    private bool TrySolveNonNegative(ReadOnlySpan<double> right, Span<double> weights, Span<bool> takesPart)
    {
        Span<double> trial = stackalloc double[Most];
        double scale = 0;
        for (int k = 0; k < _count; k++)
        {
            scale = Math.Max(scale, Math.Abs(right[k]));
        }

        // Each pass lets one more component in; with rounding it could go on for ever.
        for (int pass = 0; pass < 3 * _count; pass++)
        {
            int next = MostWanted(right, weights, takesPart, Tolerance * scale);
            if (next < 0)
            {
                return true;
            }

            takesPart[next] = true;
            while (true)
            {
                trial.Clear();
                if (!TrySolveAmong(takesPart, right, trial))
                {
                    return false;
                }

                double step = 1;
                for (int k = 0; k < _count; k++)
                {
                    if (takesPart[k] && trial[k] <= 0 && weights[k] - trial[k] > 0)
                    {
                        step = Math.Min(step, weights[k] / (weights[k] - trial[k]));
                    }
                }

                bool isInside = step >= 1;
                for (int k = 0; k < _count; k++)
                {
                    weights[k] = takesPart[k] ? weights[k] + (step * (trial[k] - weights[k])) : 0;
                    if (takesPart[k] && !isInside && weights[k] <= Tolerance * Math.Abs(trial[k]))
                    {
                        takesPart[k] = false;
                        weights[k] = 0;
                    }
                }

                if (isInside)
                {
                    break;
                }
            }
        }

        return true;
    }

    private int MostWanted(
        ReadOnlySpan<double> right, ReadOnlySpan<double> weights, ReadOnlySpan<bool> takesPart, double threshold)
    {
        int best = -1;
        double most = threshold;
        for (int k = 0; k < _count; k++)
        {
            double gain = right[k];
            for (int j = 0; j < _count; j++)
            {
                gain -= _gram[(k * _count) + j] * weights[j];
            }

            if (!takesPart[k] && gain > most)
            {
                (best, most) = (k, gain);
            }
        }

        return best;
    }

    /// <summary>Solves the normal equations of the components that take part; the others' weights stay.</summary>
    private bool TrySolveAmong(ReadOnlySpan<bool> takesPart, ReadOnlySpan<double> right, Span<double> solution)
    {
        Span<double> lower = stackalloc double[Most * Most];
        Span<int> index = stackalloc int[Most];
        int count = 0;
        for (int k = 0; k < _count; k++)
        {
            if (takesPart[k])
            {
                index[count++] = k;
            }
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = _gram[(index[i] * _count) + index[j]];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[(i * Most) + k] * lower[(j * Most) + k];
                }

                if (i == j && sum <= 1e-12 * _gram[(index[i] * _count) + index[i]])
                {
                    return false;
                }

                lower[(i * Most) + j] = i == j ? Math.Sqrt(sum) : sum / lower[(j * Most) + j];
            }
        }

        for (int i = 0; i < count; i++)
        {
            double sum = right[index[i]];
            for (int k = 0; k < i; k++)
            {
                sum -= lower[(i * Most) + k] * solution[index[k]];
            }

            solution[index[i]] = sum / lower[(i * Most) + i];
        }

        for (int i = count - 1; i >= 0; i--)
        {
            double sum = solution[index[i]];
            for (int k = i + 1; k < count; k++)
            {
                sum -= lower[(k * Most) + i] * solution[index[k]];
            }

            solution[index[i]] = sum / lower[(i * Most) + i];
        }

        return true;
    }

    private ReadOnlySpan<double> Component(int index) => _components.AsSpan(index * Channels, Channels);

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
