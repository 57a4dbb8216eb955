using System.Runtime.CompilerServices;
using DklActors.Physics.Patterns.Discs;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Normal equations of r = r₀ + h·a + k·b, weighted by height.</summary>
internal struct NodeSums
{
    private Square _normal;
    private Square _noiseX;
    private Square _noiseY;
    private Square _noiseXy;
    private Square _inverse;
    private Triple _x;
    private Triple _y;
    private double _squares;
    private double _weights;

    [InlineArray(9)]
    private struct Square
    {
        private double _first;
    }

    [InlineArray(3)]
    private struct Triple
    {
        private double _first;
    }

    public void Add(Disc disc, int h, int k)
    {
        double weight = Math.Max(disc.Height, 0);
        ReadOnlySpan<double> basis = [1, h, k];
        for (int i = 0; i < 3; i++)
        {
            _x[i] += weight * basis[i] * disc.Column;
            _y[i] += weight * basis[i] * disc.Row;
            for (int j = 0; j < 3; j++)
            {
                double product = weight * basis[i] * basis[j];
                _normal[(i * 3) + j] += product;
                _noiseX[(i * 3) + j] += product * weight * disc.VarianceColumn;
                _noiseY[(i * 3) + j] += product * weight * disc.VarianceRow;
                _noiseXy[(i * 3) + j] += product * weight * disc.Covariance;
            }
        }

        _weights += weight;
        _squares += weight * ((disc.Column * disc.Column) + (disc.Row * disc.Row));
    }

    /// <summary>False where the discs lie on one line, or there are too few of them.</summary>
    public bool TrySolve(out LatticeVector place, out Lattice lattice)
    {
        (place, lattice) = (default, default);
        if (!TryInvert())
        {
            return false;
        }

        Triple x = default, y = default;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                x[i] += _inverse[(i * 3) + j] * _x[j];
                y[i] += _inverse[(i * 3) + j] * _y[j];
            }
        }

        place = new LatticeVector(x[0], y[0]);
        lattice = new Lattice(new LatticeVector(x[1], y[1]), new LatticeVector(x[2], y[2]));
        return double.IsFinite(lattice.Area) && lattice.Area != 0;
    }

    /// <summary>Covariance of the two vectors after <see cref="TrySolve"/>.</summary>
    public readonly LatticeCovariance Covariance()
    {
        LatticeCovariance covariance = default;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                double x = Sandwich(_noiseX, i + 1, j + 1), y = Sandwich(_noiseY, i + 1, j + 1);
                double xy = Sandwich(_noiseXy, i + 1, j + 1);
                covariance[(2 * i * 4) + (2 * j)] = x;
                covariance[(((2 * i) + 1) * 4) + (2 * j) + 1] = y;
                covariance[(2 * i * 4) + (2 * j) + 1] = xy;
                covariance[(((2 * i) + 1) * 4) + (2 * j)] = xy;
            }
        }

        return covariance;
    }

    /// <summary>Root of the weighted mean square distance from the nodes: what the fit leaves of the squares.</summary>
    public readonly double Residual(LatticeVector place, Lattice lattice)
    {
        double fitted = (place.X * _x[0]) + (lattice.A.X * _x[1]) + (lattice.B.X * _x[2])
            + (place.Y * _y[0]) + (lattice.A.Y * _y[1]) + (lattice.B.Y * _y[2]);
        return Math.Sqrt(Math.Max(_squares - fitted, 0) / _weights);
    }

    private readonly double Sandwich(Square noise, int row, int column)
    {
        double sum = 0;
        for (int p = 0; p < 3; p++)
        {
            for (int q = 0; q < 3; q++)
            {
                sum += _inverse[(row * 3) + p] * noise[(p * 3) + q] * _inverse[(column * 3) + q];
            }
        }

        return sum;
    }

    private bool TryInvert()
    {
        Square n = _normal;
        Span<double> cofactors =
        [
            (n[4] * n[8]) - (n[5] * n[7]), (n[2] * n[7]) - (n[1] * n[8]), (n[1] * n[5]) - (n[2] * n[4]),
            (n[5] * n[6]) - (n[3] * n[8]), (n[0] * n[8]) - (n[2] * n[6]), (n[2] * n[3]) - (n[0] * n[5]),
            (n[3] * n[7]) - (n[4] * n[6]), (n[1] * n[6]) - (n[0] * n[7]), (n[0] * n[4]) - (n[1] * n[3]),
        ];
        double determinant = (n[0] * cofactors[0]) + (n[1] * cofactors[3]) + (n[2] * cofactors[6]);
        if (!(determinant > 1e-9 * n[0] * n[4] * n[8]) || determinant <= 0)
        {
            return false;
        }

        for (int i = 0; i < 9; i++)
        {
            _inverse[i] = cofactors[i] / determinant;
        }

        return true;
    }
}
