namespace DklActors.Physics.Spectra.Fitting;

/// <summary>A curve over energy with parameters that can be fitted.</summary>
internal interface ICurveModel
{
    /// <summary>Number of parameters.</summary>
    static abstract int Count { get; }

    /// <summary>The curve at an energy (eV), and its derivative by each parameter.</summary>
    static abstract double Evaluate(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives);

    /// <summary>The first parameter of a curve that peaks with a height, to begin with.</summary>
    static virtual double AmplitudeOf(double height, double centre, double width) => height;
}
