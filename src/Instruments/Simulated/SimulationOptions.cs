using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated;

/// <summary>A simulated sample and microscope; the defaults make an experiment worth looking at.</summary>
public sealed record SimulationOptions
{
    /// <summary>Fewest pixels along a side: below, no particle has room to be one.</summary>
    public const int LeastSidePixels = 32;

    /// <summary>Grid of structural image and candidates.</summary>
    public GridShape Grid { get; init; } = new(96, 96);

    public Nanometre PixelSize { get; init; } = new(3);

    /// <summary>Number of particles; null for one in each 72 nm square, or as many of them as find room.</summary>
    public int? Particles { get; init; }

    /// <summary>Narrowest and widest particle.</summary>
    public Nanometre SmallestWidth { get; init; } = new(20);

    /// <inheritdoc cref="SmallestWidth"/>
    public Nanometre LargestWidth { get; init; } = new(56);

    /// <summary>Source of the sample.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Source of counting noise and of probe errors; null for that of the sample.</summary>
    public long? NoiseSeed { get; init; }

    public EnergyAxis EnergyAxis { get; init; } = new(new ElectronVolt(-1), new ElectronVolt(0.02), 301);

    /// <summary>Full width at half maximum of the zero-loss peak: the energy resolution.</summary>
    public ElectronVolt ZeroLossWidth { get; init; } = new(0.12);

    public BeamCurrent BeamCurrent { get; init; } = new(20);

    /// <summary>Share of the electrons that pass an empty hole and are counted.</summary>
    public double CollectionEfficiency { get; init; } = 0.05;

    /// <summary>The exposure whose expected counts are the known truth; that of the experiment's leases.</summary>
    public TimeSpan NominalDwell { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Electrons per pixel that the HAADF detector would count if the sample scattered them all.</summary>
    public double SurveyCounts { get; init; } = 2000;

    public ProbeErrors Probe { get; init; } = ProbeErrors.None;

    /// <exception cref="ArgumentException">A value makes no sense; the message names it and what to do.</exception>
    internal void Validate()
    {
        Require(
            Math.Min(Grid.Rows, Grid.Columns) >= LeastSidePixels && (long)Grid.Rows * Grid.Columns <= 1 << 26,
            $"a grid of {Grid} is not simulated; use {LeastSidePixels} px to 8192 px a side");
        Require(IsPositive(PixelSize.Value), $"a pixel size of {PixelSize} makes no sense; give a positive one");
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
            IsPositive(BeamCurrent.Picoampere),
            $"a beam current of {BeamCurrent} makes no sense; give a positive one");
        Require(
            CollectionEfficiency is > 0 and <= 1,
            $"a collection efficiency of {CollectionEfficiency} makes no sense; give more than 0, up to 1");
        Require(NominalDwell > TimeSpan.Zero, $"a dwell of {NominalDwell} makes no sense; give a positive one");
        Require(
            IsPositive(SurveyCounts),
            $"a survey of {SurveyCounts} counts per pixel makes no sense; give more than 0");
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"Simulated microscope: {problem}.");
        }
    }
}
