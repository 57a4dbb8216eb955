using System.Runtime.CompilerServices;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Linear;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>Least squares of a pattern against overlapping discs, weighted by the expected counts.</summary>
internal static class OverlapEquations
{
    // Discs that one pixel can lie in; more than that is no diffraction pattern.
    private const int MostAtOnce = 48;

    /// <summary>Chooses the discs that are seen within a radius of the origin, the nearest first.</summary>
    public static void Choose(OverlapRoom room, OverlapModel model, double radius)
    {
        Array.Fill(room.IndexOfNode, -1);
        room.Count = 0;
        double reach = radius + model.Reach;
        for (int h = -OverlapRoom.Order; h <= OverlapRoom.Order; h++)
        {
            for (int k = -OverlapRoom.Order; k <= OverlapRoom.Order; k++)
            {
                if (model.Lattice.At(h, k).Length < reach && room.Count < OverlapRoom.MostDiscs)
                {
                    room.Nodes[room.Count] = (h, k);
                    room.IndexOfNode[((h + OverlapRoom.Order) * OverlapRoom.Side) + k + OverlapRoom.Order] =
                        room.Count++;
                }
            }
        }
    }

    /// <summary>Adds up the normal equations over the pixels within a radius of the origin.</summary>
    /// <param name="counts">The pattern.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="room">Discs with their heights; filled with the equations.</param>
    /// <param name="model">What the discs share.</param>
    /// <param name="radius">In px.</param>
    /// <param name="onlyHeights">Whether all but background and heights stays as it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        ReadOnlySpan<float> counts, GridShape shape, OverlapRoom room, OverlapModel model, double radius,
        bool onlyHeights)
    {
        int unknowns = OverlapRoom.Shared + room.Count;
        room.Normal.AsSpan(0, unknowns * unknowns).Clear();
        room.Right.AsSpan(0, unknowns).Clear();
        Span<int> indices = stackalloc int[OverlapRoom.Shared + MostAtOnce];
        Span<double> slopes = stackalloc double[OverlapRoom.Shared + MostAtOnce];
        int firstRow = Math.Max((int)Math.Ceiling(model.Origin.Row - radius), 0);
        int lastRow = Math.Min((int)(model.Origin.Row + radius), shape.Rows - 1);
        for (int row = firstRow; row <= lastRow; row++)
        {
            double y = row - model.Origin.Row, half = Math.Sqrt(Math.Max((radius * radius) - (y * y), 0));
            int first = Math.Max((int)Math.Ceiling(model.Origin.Column - half), 0);
            int last = Math.Min((int)(model.Origin.Column + half), shape.Columns - 1);
            for (int column = first; column <= last; column++)
            {
                double x = column - model.Origin.Column, count = counts[(row * shape.Columns) + column];
                int used = Slopes(room, model, new LatticeVector(x, y), indices, slopes, out double expected);
                if (onlyHeights)
                {
                    slopes[1..OverlapRoom.Shared].Clear();
                }

                // Before there are heights the counts themselves have to do.
                double weight = 1 / Math.Max(onlyHeights ? count : expected, 1);
                Add(room, unknowns, indices[..used], slopes[..used], weight, count - expected);
            }
        }

        for (int i = 0; i < unknowns; i++)
        {
            // What no pixel tells stays as it is.
            ref double diagonal = ref room.Normal[(i * unknowns) + i];
            diagonal = diagonal > 0 ? diagonal * (1 + 1e-12) : 1;
        }
    }

    /// <summary>Solves the equations; the right side becomes the step, the matrix its Cholesky factor.</summary>
    public static bool TrySolve(OverlapRoom room)
    {
        int unknowns = OverlapRoom.Shared + room.Count;
        if (!Cholesky.TryFactor(room.Normal, unknowns))
        {
            return false;
        }

        Cholesky.Solve(room.Normal, unknowns, room.Right);
        return true;
    }

    // Derivatives of the expected count: shared unknowns first, then the heights of the discs that the pixel is in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Slopes(
        OverlapRoom room, OverlapModel model, LatticeVector place, Span<int> indices, Span<double> slopes,
        out double expected)
    {
        for (int i = 0; i < OverlapRoom.Shared; i++)
        {
            (indices[i], slopes[i]) = (i, i == 0 ? 1 : 0);
        }

        expected = model.Background;
        int used = OverlapRoom.Shared;
        (double h0, double k0) = model.Lattice.IndexOf(place);
        // A circle is as wide in h as its radius over the distance of the lines of constant h.
        double area = Math.Abs(model.Lattice.Area);
        double reachH = model.Reach * model.Lattice.B.Length / area;
        double reachK = model.Reach * model.Lattice.A.Length / area;
        for (int h = (int)Math.Ceiling(h0 - reachH); h <= h0 + reachH; h++)
        {
            for (int k = (int)Math.Ceiling(k0 - reachK); k <= k0 + reachK; k++)
            {
                if (Math.Abs(h) > OverlapRoom.Order || Math.Abs(k) > OverlapRoom.Order)
                {
                    continue;
                }

                int disc = room.IndexOfNode[((h + OverlapRoom.Order) * OverlapRoom.Side) + k + OverlapRoom.Order];
                LatticeVector from = place - model.Lattice.At(h, k);
                double distance = from.Length;
                if (disc < 0 || distance > model.Reach || used == slopes.Length)
                {
                    continue;
                }

                (double value, double slope) = model.At(distance);
                double height = room.Heights[disc];
                expected += height * value;
                (indices[used], slopes[used++]) = (OverlapRoom.Shared + disc, value);
                double outward = -height * slope;
                slopes[7] += outward;
                if (slope != 0)
                {
                    double alongX = outward * from.X / distance, alongY = outward * from.Y / distance;
                    slopes[1] += alongX;
                    slopes[2] += alongY;
                    slopes[3] += h * alongX;
                    slopes[4] += h * alongY;
                    slopes[5] += k * alongX;
                    slopes[6] += k * alongY;
                }
            }
        }

        return used;
    }

    // The lower triangle.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        OverlapRoom room, int unknowns, ReadOnlySpan<int> indices, ReadOnlySpan<double> slopes, double weight,
        double residual)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            double weighted = weight * slopes[i];
            room.Right[indices[i]] += weighted * residual;
            for (int j = 0; j <= i; j++)
            {
                (int low, int high) = indices[i] < indices[j] ? (indices[i], indices[j]) : (indices[j], indices[i]);
                room.Normal[(high * unknowns) + low] += weighted * slopes[j];
            }
        }
    }
}
