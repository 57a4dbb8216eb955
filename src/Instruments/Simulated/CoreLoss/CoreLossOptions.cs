using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>
/// A film of two manganese oxides with an interface, particles of iron oxide on it, all on carbon, seen by EELS. The
/// axis says what of the spectrum is recorded; where it holds 0 eV, the low loss is there too.
/// </summary>
public sealed record CoreLossOptions : SimulationOptions
{
    public EnergyAxis EnergyAxis { get; init; } = new(new ElectronVolt(400), new ElectronVolt(1), 400);

    /// <summary>Full width at half maximum of the zero-loss peak: the energy resolution.</summary>
    public ElectronVolt ZeroLossWidth { get; init; } = new(0.8);

    /// <summary>Mean thickness of the film; one side is thicker than the other.</summary>
    public Nanometre Thickness { get; init; } = new(40);

    /// <summary>Particles on the film.</summary>
    public int Particles { get; init; } = 14;

    /// <summary>Share of the electrons that pass the spectrometer's aperture.</summary>
    public double CollectionEfficiency { get; init; } = 0.5;

    /// <summary>Standard deviation of the detector's point spread, channels.</summary>
    public double PointSpreadChannels { get; init; } = 0.6;

    /// <summary>Share of the spectra that an X-ray hits.</summary>
    public double SpikeShare { get; init; } = 0.02;

    public override CoreLossSample Grow()
    {
        Validate();
        return CoreLossSample.Of(this);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(
            EnergyAxis.Channels >= 2 && double.IsFinite(EnergyAxis.Origin.Value)
            && IsPositive(EnergyAxis.Dispersion.Value),
            $"the energy axis {EnergyAxis} makes no sense; give a positive dispersion and 2 or more channels");
        Require(
            ZeroLossWidth.Value is > 0 and <= 20,
            $"a resolution of {ZeroLossWidth} is not simulated; give more than 0 eV, up to 20 eV");
        Require(Thickness.Value is >= 1 and <= 200, $"a film of {Thickness} is not simulated; give 1 nm to 200 nm");
        Require(Particles is >= 0 and <= 10_000, $"{Particles} particles are not simulated; give 0 to 10000");
        Require(
            CollectionEfficiency is > 0 and <= 1,
            $"a collection efficiency of {CollectionEfficiency} makes no sense; give more than 0, up to 1");
        Require(
            PointSpreadChannels is >= 0 and <= 8,
            $"a point spread of {PointSpreadChannels} channels is not simulated; give 0 to 8");
        Require(SpikeShare is >= 0 and <= 1, $"a share of {SpikeShare} of spectra with spikes makes no sense");
    }
}
