namespace DklActors.Learning.Linear;

/// <summary>
/// Splits independent columns into tiles of fixed size and works on them on several threads. Tiles do not depend on
/// the number of threads and nothing is summed across them, so the bits do not either.
/// </summary>
internal static class Tiles
{
    /// <param name="length">Number of columns.</param>
    /// <param name="tileSize">Columns in a tile.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="body">Gets the start and the length of a tile.</param>
    public static void ForEach(int length, int tileSize, int threads, Action<int, int> body)
    {
        int count = (length + tileSize - 1) / tileSize;
        if (threads == 1 || count == 1)
        {
            for (int tile = 0; tile < count; tile++)
            {
                body(tile * tileSize, Math.Min(tileSize, length - (tile * tileSize)));
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, count, options, tile =>
            body(tile * tileSize, Math.Min(tileSize, length - (tile * tileSize))));
    }
}
