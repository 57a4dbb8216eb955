namespace DklActors.Physics.Fourier;

/// <summary>exp(i·n·step) for one n after another; errors grow to some 1e-14 over a detector's frequencies.</summary>
internal struct Turn
{
    private readonly double _stepCosine;
    private readonly double _stepSine;

    public Turn(double step, int first)
    {
        (_stepSine, _stepCosine) = Math.SinCos(step);
        (Sine, Cosine) = Math.SinCos(first * step);
    }

    public double Cosine { get; private set; }

    public double Sine { get; private set; }

    public void Next() => (Cosine, Sine) =
        ((Cosine * _stepCosine) - (Sine * _stepSine), (Cosine * _stepSine) + (Sine * _stepCosine));
}
