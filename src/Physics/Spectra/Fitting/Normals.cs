using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>Normal equations of up to eight parameters, on the stack.</summary>
internal struct Normals
{
    private const int Most = 8;

    private Matrix _matrix;
    private Vector _right;
    private int _count;

    public void Clear(int count)
    {
        _count = count;
        ((Span<double>)_matrix).Clear();
        ((Span<double>)_right).Clear();
    }

    /// <summary>Adds one channel: the lower triangle of w·ssᵀ, and w·r·s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<double> slopes, double weight, double residual)
    {
        Span<double> matrix = _matrix;
        Span<double> right = _right;
        for (int i = 0; i < _count; i++)
        {
            double weighted = weight * slopes[i];
            right[i] += weighted * residual;
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * Most) + j] += weighted * slopes[j];
            }
        }
    }

    /// <summary>The damped step; false where the matrix is not positive definite.</summary>
    public readonly bool TrySolve(double damping, Span<double> step) => TrySolve(damping, _right, step);

    /// <summary>Solves (N + λ diag N) x = b by Cholesky; false where the matrix is not positive definite.</summary>
    public readonly bool TrySolve(double damping, ReadOnlySpan<double> right, Span<double> solution)
    {
        Matrix factor = _matrix;
        Span<double> lower = factor;
        for (int i = 0; i < _count; i++)
        {
            lower[(i * Most) + i] *= 1 + damping;
            for (int j = 0; j <= i; j++)
            {
                double sum = lower[(i * Most) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[(i * Most) + k] * lower[(j * Most) + k];
                }

                if (i != j)
                {
                    lower[(i * Most) + j] = sum / lower[(j * Most) + j];
                }
                else if (sum > 1e-14 * _matrix[(i * Most) + i])
                {
                    lower[(i * Most) + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        for (int i = 0; i < _count; i++)
        {
            double sum = right[i];
            for (int k = 0; k < i; k++)
            {
                sum -= lower[(i * Most) + k] * solution[k];
            }

            solution[i] = sum / lower[(i * Most) + i];
        }

        for (int i = _count - 1; i >= 0; i--)
        {
            double sum = solution[i];
            for (int k = i + 1; k < _count; k++)
            {
                sum -= lower[(k * Most) + i] * solution[k];
            }

            solution[i] = sum / lower[(i * Most) + i];
        }

        return true;
    }

    [InlineArray(Most * Most)]
    private struct Matrix
    {
        private double _element;
    }

    [InlineArray(Most)]
    private struct Vector
    {
        private double _element;
    }
}
