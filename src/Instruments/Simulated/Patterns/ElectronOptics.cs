namespace DklActors.Instruments.Simulated.Patterns;

/// <summary>What follows from the accelerating voltage alone.</summary>
/// <param name="Kilovolts">Accelerating voltage.</param>
internal readonly record struct ElectronOptics(double Kilovolts)
{
    // CODATA 2018.
    private const double RestEnergyKilovolts = 510.99895;
    private const double PlanckTimesLightKilovoltNanometres = 1.239841984;

    /// <summary>Wavelength: hc / √(E (E + 2 m c²)).</summary>
    public double WavelengthNanometres =>
        PlanckTimesLightKilovoltNanometres / Math.Sqrt(Kilovolts * (Kilovolts + (2 * RestEnergyKilovolts)));

    /// <summary>
    /// Momentum times velocity over the elementary charge, in V: a projected field of this many volts (V/nm × nm)
    /// deflects by one radian.
    /// </summary>
    public double DeflectionVolts =>
        1000 * Kilovolts * (Kilovolts + (2 * RestEnergyKilovolts)) / (Kilovolts + RestEnergyKilovolts);
}
