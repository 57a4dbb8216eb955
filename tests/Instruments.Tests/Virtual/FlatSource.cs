using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Virtual;

/// <summary>Two channels: the first holds the same counts everywhere, the second the index of the grid point.</summary>
internal sealed class FlatSource(bool drawsCountingNoise) : IFrameSource
{
    public const double Counts = 1000;

    public GridShape Grid { get; } = new(5, 7);

    public EnergyAxis? EnergyAxis { get; } = new(new ElectronVolt(0), new ElectronVolt(1), 2);

    public int FrameLength => 2;

    public bool DrawsCountingNoise => drawsCountingNoise;

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        float share = (float)(beamOn / dwell);
        expected[0] += share * (float)Counts;
        expected[1] += share * Grid.IndexOf(Grid.Clamp(place));
    }

    public Frame ToFrame(float[] counts) => new SpectrumFrame(EnergyAxis!, counts);
}
