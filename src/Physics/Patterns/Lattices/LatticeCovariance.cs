using System.Runtime.CompilerServices;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Covariance of (A.X, A.Y, B.X, B.Y), row by row, in px².</summary>
[InlineArray(Order * Order)]
public struct LatticeCovariance
{
    internal const int Order = 4;

    private double _first;

    /// <summary>Variance of a quantity with these slopes against (A.X, A.Y, B.X, B.Y).</summary>
    public readonly double Along(ReadOnlySpan<double> slopes)
    {
        double sum = 0;
        for (int i = 0; i < Order; i++)
        {
            for (int j = 0; j < Order; j++)
            {
                sum += slopes[i] * slopes[j] * this[(i * Order) + j];
            }
        }

        return Math.Max(sum, 0);
    }

    /// <summary>Covariance after the vectors were combined: every new one h·A + k·B.</summary>
    public readonly LatticeCovariance Combined(double aa, double ab, double ba, double bb)
    {
        Span<double> map = [aa, 0, ab, 0, 0, aa, 0, ab, ba, 0, bb, 0, 0, ba, 0, bb];
        return Mapped(map);
    }

    /// <summary>M·C·Mᵀ.</summary>
    public readonly LatticeCovariance Mapped(ReadOnlySpan<double> map)
    {
        LatticeCovariance mapped = default;
        for (int i = 0; i < Order; i++)
        {
            for (int j = 0; j < Order; j++)
            {
                double sum = 0;
                for (int p = 0; p < Order; p++)
                {
                    for (int q = 0; q < Order; q++)
                    {
                        sum += map[(i * Order) + p] * this[(p * Order) + q] * map[(j * Order) + q];
                    }
                }

                mapped[(i * Order) + j] = sum;
            }
        }

        return mapped;
    }
}
