using System.Buffers;
using DklActors.Instruments.Files;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>Answers with the frame recorded at the nearest site, in proportion to the beam-on time.</summary>
internal sealed class PreacquiredFrames(PreacquiredData data, DataArray frames, CountsMode mode) : IFrameSource
{
    private readonly double _countsPerUnit =
        data.Source.CountsPerUnit * (mode is CountsMode.Scaled scaled ? scaled.Factor : 1);

    public GridShape Grid => data.Image.Shape;

    public EnergyAxis? EnergyAxis => data.EnergyAxis;

    public int FrameLength => data.FrameLength;

    public bool DrawsCountingNoise => mode is CountsMode.Scaled;

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        float scale = (float)(_countsPerUnit * (beamOn / dwell));
        float[] stored = ArrayPool<float>.Shared.Rent(FrameLength);
        try
        {
            frames.CopyFrame(data.Sites.FrameAt(Grid.Clamp(place)), stored.AsSpan(0, FrameLength));
            for (int i = 0; i < FrameLength; i++)
            {
                expected[i] += scale * stored[i];
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(stored);
        }
    }

    public Frame ToFrame(float[] counts) => data.ToFrame(counts);
}
