using System.Buffers;
using DklActors.Instruments.Simulated.Detectors;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Patterns;

/// <summary>
/// Expected diffraction patterns at any place, drawn when asked for: no more than one is ever in memory. Safe to be
/// asked from several threads.
/// </summary>
internal abstract class PatternSource : IFrameSource
{
    private readonly BeamCurrent _current;
    private readonly PointSpread _spread;

    protected PatternSource(GridShape grid, PatternOptions camera, BeamCurrent current)
    {
        Grid = grid;
        Camera = camera;
        _current = current;
        _spread = new PointSpread(camera.PointSpreadPixels);
    }

    public GridShape Grid { get; }

    public EnergyAxis? EnergyAxis => null;

    public int FrameLength => Camera.Detector.Count;

    public bool DrawsCountingNoise => true;

    protected PatternOptions Camera { get; }

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(2 * FrameLength);
        try
        {
            Span<float> pattern = rented.AsSpan(0, FrameLength), scratch = rented.AsSpan(FrameLength, FrameLength);
            pattern.Clear();
            Draw(place, _current.ElectronsDuring(beamOn), pattern);
            _spread.Apply(pattern, Camera.Detector.Columns, scratch);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += pattern[i];
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public Frame ToFrame(float[] counts) => new PatternFrame(Camera.Detector, counts);

    /// <summary>Adds the pattern of so many electrons, before the camera's point spread, to an empty image.</summary>
    protected abstract void Draw(ProbePosition place, double electrons, Span<float> pattern);
}
