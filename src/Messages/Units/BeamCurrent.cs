namespace DklActors.Messages.Units;

/// <summary>A probe current in picoampere.</summary>
public readonly record struct BeamCurrent(double Picoampere)
{
    /// <summary>Electrons per second in one picoampere: 1e-12 A / 1.602176634e-19 C (CODATA 2018).</summary>
    public const double ElectronsPerSecondPerPicoampere = 1e-12 / 1.602176634e-19;

    /// <summary>Electrons that arrive during <paramref name="dwell"/>.</summary>
    public double ElectronsDuring(TimeSpan dwell) =>
        Picoampere * ElectronsPerSecondPerPicoampere * dwell.TotalSeconds;

    /// <summary>Dose of one dwell spread over one scan pixel of edge <paramref name="pixelSize"/>.</summary>
    public Dose DoseDuring(TimeSpan dwell, Nanometre pixelSize)
    {
        double areaInSquareAngstrom = pixelSize.Value * pixelSize.Value * 100.0;
        return new Dose(ElectronsDuring(dwell) / areaInSquareAngstrom);
    }

    public override string ToString() => FormattableString.Invariant($"{Picoampere:G4} pA");
}
