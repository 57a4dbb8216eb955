namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>White lines of an L2,3 edge.</summary>
/// <param name="Ratio">Area of L3 over that of L2.</param>
/// <param name="SplittingElectronVolts">From L3 to L2.</param>
/// <param name="WidthElectronVolts">Full width at half maximum of each, before the energy resolution.</param>
/// <param name="Area">Of both together, over that of the continuum in the first 50 eV.</param>
internal sealed record WhiteLines(
    double Ratio, double SplittingElectronVolts, double WidthElectronVolts, double Area);
