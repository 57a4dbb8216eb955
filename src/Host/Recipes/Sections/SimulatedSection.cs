using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>A simulated microscope: metal nanoparticles seen by low-loss EELS, with known truth.</summary>
public sealed record SimulatedSection : MicroscopeSection
{
    /// <summary>Edge of the square scan, in px.</summary>
    public required int SizePx { get; init; }

    public required Nanometre PixelSize { get; init; }

    /// <summary>Number of nanoparticles.</summary>
    public required int Particles { get; init; }

    /// <summary>Seed of the sample; the seed of the experiment is another one.</summary>
    public required int SampleSeed { get; init; }

    public required ElectronVolt EnergyOrigin { get; init; }

    public required ElectronVolt EnergyDispersion { get; init; }

    public required int Channels { get; init; }

    /// <summary>Full width at half maximum of the zero-loss peak.</summary>
    public required ElectronVolt ZeroLossWidth { get; init; }
}
