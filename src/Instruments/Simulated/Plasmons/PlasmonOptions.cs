using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>
/// Silver nanoparticles seen by low-loss EELS, whose plasmons are known; the defaults make an experiment worth
/// looking at.
/// </summary>
public sealed record PlasmonOptions : SimulationOptions
{
    /// <summary>Number of particles; null for one in each 72 nm square, or as many of them as find room.</summary>
    public int? Particles { get; init; }

    /// <summary>Narrowest and widest particle.</summary>
    public Nanometre SmallestWidth { get; init; } = new(20);

    /// <inheritdoc cref="SmallestWidth"/>
    public Nanometre LargestWidth { get; init; } = new(56);

    public EnergyAxis EnergyAxis { get; init; } = new(new ElectronVolt(-1), new ElectronVolt(0.02), 301);

    /// <summary>Full width at half maximum of the zero-loss peak: the energy resolution.</summary>
    public ElectronVolt ZeroLossWidth { get; init; } = new(0.12);

    /// <summary>Share of the electrons that pass an empty hole and are counted.</summary>
    public double CollectionEfficiency { get; init; } = 0.05;

    public override PlasmonSample Grow()
    {
        Validate();
        return new PlasmonSample(this);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(
            Particles is null or (>= 1 and <= 10_000), $"{Particles} particles are not simulated; give 1 to 10000");
        Require(
            IsPositive(SmallestWidth.Value) && IsPositive(LargestWidth.Value)
            && SmallestWidth.Value <= LargestWidth.Value && LargestWidth.Value <= 120,
            $"particles of {SmallestWidth} to {LargestWidth} are not simulated; give a range up to 120 nm");
        Require(
            EnergyAxis.Channels >= 2 && double.IsFinite(EnergyAxis.Origin.Value)
            && IsPositive(EnergyAxis.Dispersion.Value),
            $"the energy axis {EnergyAxis} makes no sense; give a positive dispersion and 2 or more channels");
        Require(
            ZeroLossWidth.Value >= 2 * EnergyAxis.Dispersion.Value && ZeroLossWidth.Value <= 5,
            $"a zero-loss peak of {ZeroLossWidth} on channels of {EnergyAxis.Dispersion} is not resolved; "
            + "give 2 channels to 5 eV");
        Require(
            CollectionEfficiency is > 0 and <= 1,
            $"a collection efficiency of {CollectionEfficiency} makes no sense; give more than 0, up to 1");
    }
}
