namespace DklActors.Instruments.Simulated.Columns;

/// <summary>Electron scattering factor of a neutral atom as a sum of Gaussians in s = sin θ / λ.</summary>
/// <remarks>Coefficients for s to 6 Å⁻¹: Peng, Ren, Dudarev and Whelan, Acta Cryst. A 52 (1996) 257.</remarks>
/// <param name="AtomicNumber">Z.</param>
/// <param name="Amplitudes">a, Å.</param>
/// <param name="Widths">b, Å².</param>
internal sealed record ScatteringFactor(
    int AtomicNumber, IReadOnlyList<double> Amplitudes, IReadOnlyList<double> Widths)
{
    public static readonly ScatteringFactor Oxygen = new(
        8, [0.0365, 0.1729, 0.5805, 0.8814, 0.3121], [0.0652, 0.6184, 2.9449, 9.6298, 28.2194]);

    public static readonly ScatteringFactor Titanium = new(
        22, [0.2123, 0.8960, 2.1765, 3.0436, 2.4439], [0.1399, 1.4568, 6.7534, 33.1168, 101.8238]);

    public static readonly ScatteringFactor Strontium = new(
        38, [0.3723, 1.4598, 3.5124, 4.4612, 3.3031], [0.1480, 1.4643, 9.2320, 49.8807, 148.0937]);

    public static readonly ScatteringFactor Lead = new(
        82, [0.3540, 1.5453, 3.5975, 4.3152, 2.7743], [0.0668, 0.6465, 3.6968, 16.2056, 61.4909]);

    // h² / (2π m e): the potential of an atom, integrated over space, is this times f(0).
    private const double VoltsSquareAngstrom = 47.87801;
    private const double SquareNanometresPerSquareAngstrom = 0.01;

    /// <summary>Projected potential of one atom: Gaussians with their area in V nm³ and variance in nm².</summary>
    /// <param name="addedVariance">Variance in nm² by which thermal motion and the probe widen it.</param>
    public IEnumerable<(double Area, double Variance)> Projected(double addedVariance) =>
        Amplitudes.Zip(Widths, (amplitude, width) => (
            VoltsSquareAngstrom * amplitude / 1000,
            (width / (8 * Math.PI * Math.PI) * SquareNanometresPerSquareAngstrom) + addedVariance));
}
