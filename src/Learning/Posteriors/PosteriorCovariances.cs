using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// Posterior covariances between A chosen candidates and all M, a tile of columns
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
        CovarianceAdder covariances = posterior.CovariancesOf(chosen);
        int count = posterior.Model.Count;
        int padded = (count + ScaledCoordinates.Alignment - 1) / ScaledCoordinates.Alignment
            * ScaledCoordinates.Alignment;
        Tiles.ForEach(padded, TileSize, posterior.Model.Threads, (start, length) =>
        {
            double[] block = new double[chosen.Length * length];
            covariances(1.0, start, length, block);

            // The padding beyond the last candidate is nobody's.
            visit(new CovarianceTile(start, Math.Min(length, count - start), block, length));
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
