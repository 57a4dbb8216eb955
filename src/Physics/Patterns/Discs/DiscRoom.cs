using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Room to look for discs in one pattern.</summary>
internal sealed class DiscRoom
{
    public DiscRoom(RealTransform transform, bool whitened)
    {
        Transform = new TransformRoom(transform);
        Spectrum = transform.NewSpectrum();
        Peak = new TrigonometricPeak(transform);
        Whitened = whitened ? new WhitenedNoise(transform) : null;
        Map = new float[transform.Shape.Count];
        // No two neighbours are both maxima.
        int most = ((transform.Shape.Rows + 1) / 2 * ((transform.Shape.Columns + 1) / 2)) + 1;
        Heights = new float[most];
        Places = new int[most];
    }

    public TransformRoom Transform { get; }

    public SplitComplex Spectrum { get; }

    public TrigonometricPeak Peak { get; }

    /// <summary>Null where the correlation is linear in the counts.</summary>
    public WhitenedNoise? Whitened { get; }

    public float[] Map { get; }

    public float[] Heights { get; }

    public int[] Places { get; }
}
