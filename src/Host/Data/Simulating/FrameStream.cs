using System.Numerics;
using DklActors.Instruments.Simulated;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Data.Simulating;

/// <summary>All frames of a scan in a few at a time, computed on all cores; the same whatever their number.</summary>
internal sealed class FrameStream(
    SimulatedMicroscope microscope, int frameLength, long seed, CancellationToken cancellationToken)
{
    /// <summary>Most bytes of frames that are in memory at once.</summary>
    private const int BatchBytes = 32 << 20;

    private long _done;

    /// <summary>Frames made so far.</summary>
    public long Done => Interlocked.Read(ref _done);

    private GridShape Grid => microscope.Image.Shape;

    private int BatchFrames => Math.Clamp(BatchBytes / (frameLength * sizeof(float)), 1, 4096);

    /// <summary>Counts with noise as whole numbers.</summary>
    /// <exception cref="IOException">A count is larger than the type can hold.</exception>
    public IEnumerable<ReadOnlyMemory<T>> Counts<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        double most = double.CreateSaturating(T.MaxValue);
        return Batches<T>((point, piece) =>
        {
            ReadOnlySpan<float> counts = microscope.MeasuredAt(point, seed).Counts.Span;
            for (int i = 0; i < counts.Length; i++)
            {
                piece[i] = counts[i] <= most
                    ? T.CreateTruncating(counts[i])
                    : throw new IOException(
                        $"The frame at {point} has {counts[i]} counts in one place, and files of {typeof(T).Name} hold "
                        + $"{most}; ask for fewer electrons.");
            }
        });
    }

    /// <summary>Expected counts, without noise.</summary>
    public IEnumerable<ReadOnlyMemory<float>> Expected() => Batches<float>(
        (point, piece) => microscope.FrameAt(point).Counts.Span.CopyTo(piece));

    private IEnumerable<ReadOnlyMemory<T>> Batches<T>(FillFrame<T> fill)
        where T : unmanaged
    {
        T[] batch = new T[BatchFrames * frameLength];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        for (int first = 0; first < Grid.Count; first += BatchFrames)
        {
            int from = first, frames = Math.Min(BatchFrames, Grid.Count - first);
            try
            {
                Parallel.For(0, frames, options, i =>
                {
                    fill(Grid.PointAt(from + i), batch.AsSpan(i * frameLength, frameLength));
                    Interlocked.Increment(ref _done);
                });
            }
            catch (AggregateException exception) when (exception.InnerExceptions[0] is IOException problem)
            {
                throw new IOException(problem.Message, exception);
            }

            yield return batch.AsMemory(0, frames * frameLength);
        }
    }

    private delegate void FillFrame<T>(GridPoint point, Span<T> piece);
}
