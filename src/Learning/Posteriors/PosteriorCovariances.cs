using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// Posterior covariances cov(a, x) = k(a, x) − Σ V(a)·V(x) between A chosen candidates and all M, a tile of columns
/// at a time: O(A·M·(N + d)) work and never A × M of memory.
/// </summary>
internal static class PosteriorCovariances
{
    private const int TileSize = 256;

    /// <param name="posterior">Belief over M candidates.</param>
    /// <param name="chosen">The A candidates.</param>
    /// <param name="visit">
    /// Gets every tile once, on any of the model's threads; what it writes must belong to the tile alone.
    /// </param>
    public static void Visit(Posterior posterior, int[] chosen, Action<CovarianceTile> visit)
    {
        ScaledCoordinates coordinates = posterior.Model.Coordinates;
        PosteriorRow[] rows = posterior.Rows.ToArray();
        RowValues[] values = Array.ConvertAll(rows, static row => row.Values);
        double[][] points = Array.ConvertAll(chosen, candidate =>
        {
            double[] point = new double[coordinates.Dimension];
            coordinates.CopyPoint(candidate, point);
            return point;
        });
        double[][] factors = Array.ConvertAll(
            chosen, candidate => Array.ConvertAll(values, row => row[candidate]));
        double prior = posterior.PriorVariance;
        Tiles.ForEach(coordinates.Stride, TileSize, posterior.Model.Threads, (start, length) =>
        {
            double[] block = new double[chosen.Length * length];
            for (int a = 0; a < chosen.Length; a++)
            {
                Span<double> target = block.AsSpan(a * length, length);
                coordinates.SquaredDistances(points[a], start, target);
                KernelFunction.Covariances(posterior.Model.Kernel.Kind, prior, target);
                RowValues.SubtractCombination(factors[a], values, start, target);
            }

            // The padding beyond the last candidate is nobody's.
            visit(new CovarianceTile(start, Math.Min(length, posterior.Model.Count - start), block, length));
        });
    }

    /// <summary>Posterior covariances among A candidates, A × A, row-major.</summary>
    public static double[] Among(Posterior posterior, int[] chosen)
    {
        double[] matrix = new double[chosen.Length * chosen.Length];
        Visit(posterior, chosen, tile =>
        {
            for (int column = 0; column < chosen.Length; column++)
            {
                int inTile = chosen[column] - tile.Start;
                for (int row = 0; row < chosen.Length && (uint)inTile < (uint)tile.Length; row++)
                {
                    matrix[(row * chosen.Length) + column] = tile.Row(row)[inTile];
                }
            }
        });
        return matrix;
    }
}
