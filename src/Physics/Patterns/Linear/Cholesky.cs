using System.Runtime.CompilerServices;

namespace DklActors.Physics.Patterns.Linear;

/// <summary>Cholesky factor of a small symmetric matrix, in place, lower triangle, row by row.</summary>
internal static class Cholesky
{
    /// <returns>False where the matrix is not positive definite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFactor(Span<double> matrix, int order)
    {
        for (int row = 0; row < order; row++)
        {
            Span<double> current = matrix.Slice(row * order, order);
            for (int column = 0; column <= row; column++)
            {
                ReadOnlySpan<double> above = matrix.Slice(column * order, order);
                double sum = current[column];
                for (int i = 0; i < column; i++)
                {
                    sum -= current[i] * above[i];
                }

                if (column < row)
                {
                    current[column] = sum / above[column];
                }
                else if (sum > 0)
                {
                    current[row] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Solves with a factor; the right side becomes the solution.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int order, Span<double> right)
    {
        for (int row = 0; row < order; row++)
        {
            double sum = right[row];
            for (int i = 0; i < row; i++)
            {
                sum -= factor[(row * order) + i] * right[i];
            }

            right[row] = sum / factor[(row * order) + row];
        }

        for (int row = order - 1; row >= 0; row--)
        {
            double sum = right[row];
            for (int i = row + 1; i < order; i++)
            {
                sum -= factor[(i * order) + row] * right[i];
            }

            right[row] = sum / factor[(row * order) + row];
        }
    }
}
