using DklActors.Learning.Candidates;
using DklActors.Messages.Frames;

namespace DklActors.Host.Reconstructing;

/// <summary>Frames measured at some of the candidates.</summary>
/// <param name="Candidates">All candidates.</param>
/// <param name="Measured">Numbers of the measured ones, in the order of measurement.</param>
/// <param name="Frames">Their frames.</param>
/// <param name="Choice">How they were chosen, in words.</param>
/// <param name="LeftOut">Frames with values that are no numbers.</param>
internal sealed record MeasuredFrames(
    CandidateSet Candidates, IReadOnlyList<int> Measured, IReadOnlyList<Frame> Frames, string Choice, int LeftOut = 0)
{
    public IReadOnlyList<ReadOnlyMemory<float>> Values { get; } = [.. Frames.Select(static frame => frame.Counts)];

    public int Channels => Frames[0].Counts.Length;

    /// <summary>A frame of the same kind with other values.</summary>
    public Frame Like(float[] values) => Frames[0] switch
    {
        SpectrumFrame spectrum => new SpectrumFrame(spectrum.Axis, values),
        PatternFrame pattern => new PatternFrame(pattern.Shape, values),
        _ => throw new InvalidOperationException($"There is no copy of a {Frames[0].GetType().Name}."),
    };

    /// <summary>Without the frames that hold values that are no numbers.</summary>
    public MeasuredFrames Usable()
    {
        int[] usable = [.. Enumerable.Range(0, Frames.Count).Where(i => IsFinite(Frames[i].Counts.Span))];
        return usable.Length == Frames.Count
            ? this
            : new MeasuredFrames(
                Candidates, [.. usable.Select(i => Measured[i])], [.. usable.Select(i => Frames[i])], Choice,
                Frames.Count - usable.Length);
    }

    public static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
