namespace DklActors.Physics.Spectra;

/// <summary>A thread's working memory for spectra; grows to the largest one and stays.</summary>
internal sealed class SpectrumBuffers
{
    private const int ScratchSlots = 4;
    private const int MostModes = 8;

    [ThreadStatic]
    private static SpectrumBuffers? Buffers;

    private readonly double[][] _scratch = [.. Enumerable.Range(0, ScratchSlots).Select(static _ => new double[64])];
    private double[] _counts = new double[64];
    private double[] _variances = new double[64];
    private double[] _modes = [];

    /// <summary>Those of the running thread. One spectrum at a time.</summary>
    public static SpectrumBuffers OfThread => Buffers ??= new SpectrumBuffers();

    /// <summary>Where fitted curves are noted; null while nobody looks.</summary>
    public FitSketch? Sketch { get; set; }

    public SpanPair Take(int channels)
    {
        Ensure(ref _counts, channels);
        Ensure(ref _variances, channels);
        return new SpanPair(_counts.AsSpan(0, channels), _variances.AsSpan(0, channels));
    }

    /// <summary>Room for one more mode behind those there are.</summary>
    public Span<double> Grow(int modes, int channels)
    {
        if (modes >= MostModes)
        {
            throw new InvalidOperationException($"A spectrum has at most {MostModes} shared errors.");
        }

        int needed = (modes + 1) * channels;
        if (_modes.Length < needed)
        {
            Array.Resize(ref _modes, MostModes * channels);
        }

        return _modes.AsSpan(0, needed);
    }

    public Span<double> Scratch(int slot, int length)
    {
        Ensure(ref _scratch[slot], length);
        return _scratch[slot].AsSpan(0, length);
    }

    private static void Ensure(ref double[] array, int length)
    {
        if (array.Length < length)
        {
            array = new double[length];
        }
    }

    /// <summary>Two spans, since a tuple cannot hold any.</summary>
    internal readonly ref struct SpanPair(Span<double> counts, Span<double> variances)
    {
        private readonly Span<double> _counts = counts;
        private readonly Span<double> _variances = variances;

        public void Deconstruct(out Span<double> counts, out Span<double> variances)
        {
            counts = _counts;
            variances = _variances;
        }
    }
}
