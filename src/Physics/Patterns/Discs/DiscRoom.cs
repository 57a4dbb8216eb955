using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Room to look for discs in one pattern.</summary>
internal sealed class DiscRoom
{
    public DiscRoom(RealTransform transform)
    {
        Transform = new TransformRoom(transform);
        Spectrum = transform.NewSpectrum();
        Peak = new TrigonometricPeak(transform);
        Map = new float[transform.Shape.Count];
        // No two neighbours are both maxima.
        int most = ((transform.Shape.Rows + 1) / 2 * ((transform.Shape.Columns + 1) / 2)) + 1;
        Heights = new float[most];
        Places = new int[most];
    }

    public TransformRoom Transform { get; }

    public SplitComplex Spectrum { get; }

    public TrigonometricPeak Peak { get; }

    public float[] Map { get; }

    public float[] Heights { get; }

    public int[] Places { get; }
}
