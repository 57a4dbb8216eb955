namespace DklActors.Physics.Spectra.Backgrounds;

/// <summary>How counts fall before an edge.</summary>
internal enum BackgroundModel
{
    /// <summary>A·E⁻ʳ by weighted least squares on the counts, iterated (Poisson).</summary>
    PowerLaw,

    /// <summary>A·E⁻ʳ from the sums over the two halves of the window (Egerton 2011, section 4.4.2).</summary>
    TwoAreaPowerLaw,

    /// <summary>A·exp(−E/τ) by weighted least squares on the counts, iterated (Poisson).</summary>
    Exponential,
}
