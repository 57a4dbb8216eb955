namespace DklActors.Learning.Linear;

/// <summary>Cholesky factorisation A = L·Lᵀ of symmetric positive definite matrices, row-major float64.</summary>
internal static class Cholesky
{
    private const int BlockSize = 48;

    /// <summary>Jitter added to the diagonal, relative to its mean, in the order tried; the first is none.</summary>
    public static ReadOnlySpan<double> JitterLadder => [0.0, 1e-10, 1e-8, 1e-6, 1e-4];

    /// <summary>
    /// Overwrites the lower triangle of A by L; the strict upper triangle is neither read nor written.
    /// </summary>
    /// <param name="matrix">n × n values.</param>
    /// <param name="n">Order.</param>
    /// <returns>False if A is not positive definite (or not finite); its lower triangle is then spoilt.</returns>
    public static bool TryFactorise(Span<double> matrix, int n)
    {
        for (int block = 0; block < n; block += BlockSize)
        {
            int end = Math.Min(block + BlockSize, n);
            for (int row = block; row < n; row++)
            {
                Span<double> target = matrix.Slice(row * n, n);
                int last = Math.Min(row, end - 1);
                for (int column = block; column <= last; column++)
                {
                    // Columns before this block, then those inside it that are already final.
                    ReadOnlySpan<double> other = matrix.Slice(column * n, column);
                    double rest = target[column] - VectorKernels.Dot(target[..column], other);
                    if (column < row)
                    {
                        target[column] = rest / matrix[(column * n) + column];
                    }
                    else if (rest > 0.0 && double.IsFinite(rest))
                    {
                        target[column] = Math.Sqrt(rest);
                    }
                    else
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Factorises with as little of the jitter ladder as will do.</summary>
    /// <param name="matrix">n × n values, lower triangle used; kept.</param>
    /// <param name="n">Order.</param>
    /// <param name="factor">n × n values; receives L in its lower triangle.</param>
    /// <param name="jitter">What was added to the diagonal, in the matrix's unit.</param>
    public static bool TryFactoriseWithJitter(
        ReadOnlySpan<double> matrix, int n, Span<double> factor, out double jitter)
    {
        double trace = 0.0;
        for (int i = 0; i < n; i++)
        {
            trace += matrix[(i * n) + i];
        }

        foreach (double step in JitterLadder)
        {
            jitter = step * trace / n;
            matrix[..(n * n)].CopyTo(factor);
            for (int i = 0; i < n; i++)
            {
                factor[(i * n) + i] += jitter;
            }

            if (TryFactorise(factor, n))
            {
                return true;
            }
        }

        jitter = double.NaN;
        return false;
    }
}
