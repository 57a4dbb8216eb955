using DklActors.Instruments.Preacquired;

namespace DklActors.Instruments.Tests.Preacquired;

/// <summary>The silica spheres of the shared data: X-ray spectra with their HAADF image.</summary>
internal static class Silica
{
    public const string File = "sio2_eds/neutral.npz";

    public static PreacquiredSource Source { get; } = new(
        SharedData.PathOf(File), "haadf", "eds", new PixelSizeSource.FromArray("px_um", LengthUnit.Micrometre))
    {
        Energy = new EnergyAxisSource.FromArray("energy_keV", EnergyUnit.KiloelectronVolt),
    };
}
