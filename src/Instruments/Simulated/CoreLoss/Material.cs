namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>A material: what it holds, and how far electrons go in it between losses.</summary>
/// <param name="Name">Formula.</param>
/// <param name="MeanFreePathNanometres">For plasmon losses at 200 kV.</param>
/// <param name="PlasmonElectronVolts">Energy of its bulk plasmon.</param>
/// <param name="ScatteringPerNanometre">Share of the electrons that 1 nm throws onto the HAADF detector.</param>
/// <param name="Contents">Atoms per nm³ and their edge.</param>
/// <remarks>
/// Densities follow from mass density; energies, ratios and cross-sections are round numbers near those of the
/// literature (L3/L2 of manganese by valence: Varela et al., Phys. Rev. B 79 (2009) 085117). The simulator promises
/// its own truth, not that of nature.
/// </remarks>
internal sealed record Material(
    string Name,
    double MeanFreePathNanometres,
    double PlasmonElectronVolts,
    double ScatteringPerNanometre,
    IReadOnlyList<(Element Element, double PerCubicNanometre, CoreEdge Edge)> Contents)
{
    /// <summary>The phases in the order in which truth numbers them.</summary>
    public static IReadOnlyList<Material> All { get; } =
    [
        new("C", 150, 24, 8e-4, [(Element.Carbon, 100, new CoreEdge(284, 1.6e-7))]),
        new(
            "MnO", 105, 23, 6e-3,
            [
                (Element.Oxygen, 45.5, new CoreEdge(532, 6e-8)),
                (Element.Manganese, 45.5, new CoreEdge(639, 9e-8, new WhiteLines(4.0, 11.2, 2.2, 0.9))),
            ]),
        new(
            "MnO2", 110, 25, 4.6e-3,
            [
                (Element.Oxygen, 69.7, new CoreEdge(529.5, 6e-8)),
                (Element.Manganese, 34.8, new CoreEdge(641.5, 9e-8, new WhiteLines(2.0, 11.2, 2.8, 1.1))),
            ]),
        new(
            "Fe2O3", 100, 24, 7e-3,
            [
                (Element.Oxygen, 59.3, new CoreEdge(530.5, 6e-8)),
                (Element.Iron, 39.5, new CoreEdge(708.5, 8e-8, new WhiteLines(4.8, 13.1, 2.2, 0.9))),
            ]),
    ];
}
