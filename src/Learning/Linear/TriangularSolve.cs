namespace DklActors.Learning.Linear;

/// <summary>Solves with the lower Cholesky factor L (n × n, row-major float64).</summary>
internal static class TriangularSolve
{
    /// <summary>x ← L⁻¹x.</summary>
    public static void Forward(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = factor.Slice(i * n, i);
            x[i] = (x[i] - VectorKernels.Dot(row, x[..i])) / factor[(i * n) + i];
        }
    }

    /// <summary>x ← L⁻ᵀx.</summary>
    public static void Backward(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] /= factor[(i * n) + i];
            VectorKernels.AddScaled(-x[i], factor.Slice(i * n, i), x[..i]);
        }
    }

    /// <summary>(L·Lᵀ)⁻¹, both triangles.</summary>
    /// <param name="factor">L.</param>
    /// <param name="n">Order.</param>
    /// <param name="work">n × n values of scratch; receives L⁻¹.</param>
    /// <param name="inverse">n × n values of result.</param>
    public static void Invert(ReadOnlySpan<double> factor, int n, Span<double> work, Span<double> inverse)
    {
        work[..(n * n)].Clear();
        inverse[..(n * n)].Clear();
        for (int i = 0; i < n; i++)
        {
            Span<double> row = work.Slice(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                VectorKernels.AddScaled(-factor[(i * n) + j], work.Slice(j * n, j + 1), row[..(j + 1)]);
            }

            row[i] = 1.0;
            double reciprocal = 1.0 / factor[(i * n) + i];
            for (int j = 0; j <= i; j++)
            {
                row[j] *= reciprocal;
            }

            for (int j = 0; j <= i; j++)
            {
                VectorKernels.AddScaled(row[j], row[..(j + 1)], inverse.Slice(j * n, j + 1));
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                inverse[(j * n) + i] = inverse[(i * n) + j];
            }
        }
    }
}
