using System.Buffers;

namespace DklActors.Learning.Linear;

/// <summary>Cholesky factorisation A = L·Lᵀ of symmetric positive definite matrices, row-major float64.</summary>
/// <remarks>
/// By halves (Toledo 1997), so that nearly all of the work is in large matrix products: the upper left half is
/// factorised, L₂₁ = A₂₁·L₁₁⁻ᵀ, A₂₂ loses L₂₁·L₂₁ᵀ, and the lower right half follows. What has become too small to
/// matter is set to 0 on the way (<see cref="Negligible"/>).
/// </remarks>
internal static class Cholesky
{
    /// <summary>Jitter added to the diagonal, relative to its mean, in the order tried; the first is none.</summary>
    public static ReadOnlySpan<double> JitterLadder => [0.0, 1e-10, 1e-8, 1e-6, 1e-4];

    /// <summary>
    /// Overwrites the lower triangle of A by L. The strict upper triangle is not read; some of it may be overwritten.
    /// </summary>
    /// <param name="matrix">n × n values.</param>
    /// <param name="n">Order.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <returns>False if A is not positive definite (or not finite); its lower triangle is then spoilt.</returns>
    public static bool TryFactorise(Memory<double> matrix, int n, int threads = 1)
    {
        double[] inverses = ArrayPool<double>.Shared.Rent(TriangularBlock.InversesLength(n));
        double[] rows = ArrayPool<double>.Shared.Rent(n * TriangularBlock.Size);
        double greatest = 0.0;
        for (int i = 0; i < n; i++)
        {
            greatest = Math.Max(greatest, matrix.Span[(i * n) + i]);
        }

        var factorisation = new Factorisation(n, inverses, rows, Negligible.Relative * Math.Sqrt(greatest), threads);
        bool done = factorisation.TryFactorise(matrix, 0, n);
        ArrayPool<double>.Shared.Return(rows);
        ArrayPool<double>.Shared.Return(inverses);
        return done;
    }

    /// <summary>Factorises with as little of the jitter ladder as will do.</summary>
    /// <param name="matrix">n × n values, lower triangle used; kept.</param>
    /// <param name="n">Order.</param>
    /// <param name="factor">n × n values; receives L in its lower triangle.</param>
    /// <param name="jitter">What was added to the diagonal, in the matrix's unit.</param>
    /// <param name="threads">Most threads to use.</param>
    public static bool TryFactoriseWithJitter(
        ReadOnlyMemory<double> matrix, int n, Memory<double> factor, out double jitter, int threads = 1)
    {
        double trace = 0.0;
        for (int i = 0; i < n; i++)
        {
            trace += matrix.Span[(i * n) + i];
        }

        foreach (double step in JitterLadder)
        {
            jitter = step * trace / n;
            matrix[..(n * n)].CopyTo(factor);
            for (int i = 0; i < n; i++)
            {
                factor.Span[(i * n) + i] += jitter;
            }

            if (TryFactorise(factor, n, threads))
            {
                return true;
            }
        }

        jitter = double.NaN;
        return false;
    }

    /// <summary>One factorisation's memory.</summary>
    /// <param name="Stride">Distance of the matrix's rows.</param>
    /// <param name="Inverses">Inverses of the finished blocks on the diagonal.</param>
    /// <param name="Rows">Room for a block of columns.</param>
    /// <param name="Least">Magnitude below which an element of L is 0.</param>
    /// <param name="Threads">Most threads to use.</param>
    private readonly record struct Factorisation(
        int Stride, Memory<double> Inverses, Memory<double> Rows, double Least, int Threads)
    {
        // The part of the given order whose first diagonal element is at (start, start).
        public bool TryFactorise(Memory<double> matrix, int start, int order)
        {
            if (order <= TriangularBlock.Size)
            {
                Span<double> block = At(matrix, start, start).Span;
                bool done = TriangularBlock.TryFactorise(block, order, Stride, Least);
                if (done && start + order < Stride)
                {
                    TriangularBlock.Invert(block, order, Stride, InverseOf(start).Span);
                }

                return done;
            }

            int half = Half(order), rest = order - half, middle = start + half;
            if (!TryFactorise(matrix, start, half))
            {
                return false;
            }

            SolveRight(matrix, start, half, middle, rest);
            MatrixView<double> rows = View(matrix, middle, start, rest, half);
            MatrixProduct.Multiply(rows, rows.Transposed, Target(matrix, middle, middle, lowerOnly: true), Threads);
            return TryFactorise(matrix, middle, rest);
        }

        // X ← X·L⁻ᵀ for the count rows from row on, with the finished triangle at (start, start).
        private void SolveRight(Memory<double> matrix, int start, int order, int row, int count)
        {
            if (order > TriangularBlock.Size)
            {
                int half = Half(order), middle = start + half;
                SolveRight(matrix, start, half, row, count);
                MatrixProduct.Multiply(
                    View(matrix, row, start, count, half), View(matrix, middle, start, order - half, half).Transposed,
                    Target(matrix, row, middle), Threads);
                SolveRight(matrix, middle, order - half, row, count);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                At(matrix, row + i, start).Span[..order].CopyTo(Rows.Span[(i * order)..]);
            }

            MatrixProduct.Multiply(
                new MatrixView<double>(Rows, count, order),
                new MatrixView<double>(InverseOf(start), order, order).Transposed,
                Target(matrix, row, start) with { Update = ProductUpdate.Replace }, Threads);
            for (int i = 0; i < count; i++)
            {
                Negligible.Clear(At(matrix, row + i, start).Span[..order], Least);
            }
        }

        private static int Half(int order) =>
            (((order / TriangularBlock.Size) + 1) / 2) * TriangularBlock.Size;

        private Memory<double> InverseOf(int start) => Inverses[(start * TriangularBlock.Size)..];

        private Memory<double> At(Memory<double> matrix, int row, int column) => matrix[((row * Stride) + column)..];

        private MatrixView<double> View(Memory<double> matrix, int row, int column, int rows, int columns) =>
            new(At(matrix, row, column), rows, columns, Stride, 1);

        private MatrixTarget<double> Target(Memory<double> matrix, int row, int column, bool lowerOnly = false) =>
            new(At(matrix, row, column), Stride, ProductUpdate.Subtract, lowerOnly);
    }
}
