using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Where the energy axis of recorded spectra comes from.</summary>
public abstract record EnergyAxisSource
{
    private EnergyAxisSource()
    {
    }

    /// <summary>An array with the energy of each channel, evenly spaced.</summary>
    public sealed record FromArray(string Array, EnergyUnit Unit) : EnergyAxisSource;

    /// <summary>Centre of the first channel and distance between channels.</summary>
    public sealed record Given(ElectronVolt Origin, ElectronVolt Dispersion) : EnergyAxisSource;
}
