using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>Room to work on the cepstrum of one pattern.</summary>
internal sealed class CepstralRoom
{
    public CepstralRoom(GridShape shape)
    {
        var transform = RealTransform.For(shape);
        Transform = new TransformRoom(transform);
        Spectrum = transform.NewSpectrum();
        Pattern = new LogPattern(shape);
        Power = new CepstralPower(shape);
        Map = new float[shape.Count];
        int most = ((shape.Rows + 1) / 2 * ((shape.Columns + 1) / 2)) + 1;
        Heights = new float[most];
        Places = new int[most];
    }

    public TransformRoom Transform { get; }

    public SplitComplex Spectrum { get; }

    public LogPattern Pattern { get; }

    public CepstralPower Power { get; }

    /// <summary>The cepstrum with u = 0 in the middle, zero where no peak is looked for.</summary>
    public float[] Map { get; }

    public float[] Heights { get; }

    public int[] Places { get; }
}
