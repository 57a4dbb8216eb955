using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Previewing;

/// <summary>The scalars of all frames, and the mean frame.</summary>
/// <param name="Scalars">Row-major.</param>
/// <param name="Mean">Mean counts of the frames whose scalar is not bad; of all where none is good.</param>
/// <param name="PerFrame">Time that one scalar took, on one core.</param>
internal sealed record Preview(ScalarResult[] Scalars, double[] Mean, TimeSpan PerFrame)
{
    /// <summary>Usable values; the others are not a number.</summary>
    public double[] Values { get; } = [.. Scalars.Select(static scalar =>
        scalar.Quality == ScalarQuality.Bad ? double.NaN : scalar.Value)];

    public static Preview Of(FrameGrid grid, IScalarizer scalarizer, TimeProvider time, CancellationToken cancellation)
    {
        var scalars = new ScalarResult[grid.Shape.Count];
        double[]? mean = null;
        int added = 0;
        long ticks = 0;
        Lock gate = new();
        Parallel.For(
            0, grid.Shape.Rows, new ParallelOptions { CancellationToken = cancellation },
            row =>
            {
                for (int column = 0; column < grid.Shape.Columns; column++)
                {
                    var place = new GridPoint(row, column);
                    Frame frame = grid.FrameAt(place);
                    long started = time.GetTimestamp();
                    // Neighbours are read again: a preview may take its time, and a cube may not be held.
                    ScalarResult scalar = scalarizer.Neighbours.IsEmpty
                        ? scalarizer.Evaluate(new Measurement(frame, place.Centre))
                        : scalarizer.At(place, grid.Shape, grid.FrameAt);
                    Interlocked.Add(ref ticks, time.GetElapsedTime(started).Ticks);
                    scalars[grid.Shape.IndexOf(place)] = scalar;
                    lock (gate)
                    {
                        mean ??= new double[frame.Counts.Length];
                        added += AddTo(mean, frame.Counts.Span) ? 1 : 0;
                    }
                }
            });
        return new Preview(
            scalars,
            Array.ConvertAll(mean!, sum => sum / Math.Max(added, 1)),
            TimeSpan.FromTicks(ticks / scalars.Length));
    }

    private static bool AddTo(double[] sum, ReadOnlySpan<float> counts)
    {
        foreach (float count in counts)
        {
            if (!float.IsFinite(count))
            {
                return false;
            }
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += counts[i];
        }

        return true;
    }
}
