using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>Plasmon modes of silver particles of 15 to 120 nm on a thin dielectric film.</summary>
/// <remarks>
/// Energies follow the trends that EELS maps of such particles show (for a review see Colliex, Kociak and Stéphan,
/// Ultramicroscopy 162 (2016) A1): bulk at 3.8 eV whatever the shape; dipoles of balls near 3.4 eV, red-shifted by
/// retardation as they grow; corner modes of cubes and tip modes of triangles below their edge modes; the
/// longitudinal mode of a rod falling with its aspect ratio, the transverse one staying. The coefficients are
/// round numbers, not a fit: the simulator promises its own truth, not silver's.
/// </remarks>
internal static class SilverModes
{
    /// <summary>Mean free path for bulk plasmons: thickness over it is the probability to excite one.</summary>
    public const double BulkMeanFreePathNanometres = 400;

    /// <summary>Mean free path for all scattering that takes an electron out of the spectrum.</summary>
    public const double AttenuationMeanFreePathNanometres = 90;

    public const double DecayOutsideNanometres = 13;

    public const double DecayInsideNanometres = 5;

    private const double ReferenceWidthNanometres = 20;

    private static readonly PlasmonMode Bulk = new(PlasmonKind.Bulk, new(3.8), new(0.16), 1);

    /// <summary>The modes of one particle.</summary>
    public static IReadOnlyList<PlasmonMode> Of(ParticleShape shape, double widthNanometres, double lengthNanometres)
    {
        double growth = widthNanometres - ReferenceWidthNanometres;
        double aspect = lengthNanometres / widthNanometres;
        return shape switch
        {
            ParticleShape.Sphere => [Bulk, Edge(3.42 - (0.006 * growth), 0.24, 0.030)],
            ParticleShape.Cube =>
                [Bulk, Edge(3.35 - (0.004 * growth), 0.24, 0.022), Corner(2.85 - (0.010 * growth), 0.22, 0.040)],
            ParticleShape.Triangle =>
                [Bulk, Edge(3.05 - (0.007 * growth), 0.24, 0.020), Corner(2.45 - (0.011 * growth), 0.20, 0.050)],
            ParticleShape.Rod =>
                [
                    Bulk,
                    Edge(3.45 - (0.004 * growth), 0.22, 0.022),
                    Corner(3.3 / (1 + (0.24 * (aspect - 1))), 0.22, 0.045),
                ],
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a shape of a particle."),
        };
    }

    private static PlasmonMode Edge(double energy, double width, double probability) =>
        new(PlasmonKind.Edge, new ElectronVolt(energy), new ElectronVolt(width), probability);

    private static PlasmonMode Corner(double energy, double width, double probability) =>
        new(PlasmonKind.Corner, new ElectronVolt(energy), new ElectronVolt(width), probability);
}
