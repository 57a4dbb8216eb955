namespace DklActors.Physics.Patterns.Fields;

/// <summary>Relativistic quantities of the beam's electrons.</summary>
/// <param name="EnergyElectronVolt">Kinetic energy (acceleration voltage) in eV.</param>
public readonly record struct ElectronBeam(double EnergyElectronVolt)
{
    /// <summary>m₀c² in eV (CODATA 2018).</summary>
    public const double RestEnergyElectronVolt = 510_998.95;

    /// <summary>h·c in eV·nm (CODATA 2018, exact).</summary>
    public const double PlanckSpeedOfLight = 1239.8419843320026;

    /// <summary>λ = hc / √(E(E + 2m₀c²)).</summary>
    public double WavelengthNanometre =>
        PlanckSpeedOfLight / Math.Sqrt(EnergyElectronVolt * (EnergyElectronVolt + (2 * RestEnergyElectronVolt)));

    /// <summary>p·v = γm₀v² = E(E + 2m₀c²) / (E + m₀c²) in eV.</summary>
    public double MomentumTimesSpeedElectronVolt =>
        EnergyElectronVolt * (EnergyElectronVolt + (2 * RestEnergyElectronVolt))
        / (EnergyElectronVolt + RestEnergyElectronVolt);
}
