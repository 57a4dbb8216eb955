using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Reads the energy axis of recorded spectra.</summary>
internal sealed class EnergyAxisReader(PreacquiredSource source, ArrayContainer container)
{
    // A stored axis may be rounded to float32 or to a few decimals; a bent one differs by more.
    private const double LargestAxisDeviationInChannels = 0.05;

    /// <exception cref="DataFileException">Not given, of another length, not finite, or not even.</exception>
    public EnergyAxis Read(int channels)
    {
        switch (source.Energy)
        {
            case EnergyAxisSource.FromArray stored:
                return Read(stored, channels);

            case EnergyAxisSource.Given given:
                return double.IsFinite(given.Origin.Value) && given.Dispersion.Value > 0
                    && double.IsFinite(given.Dispersion.Value)
                    ? new EnergyAxis(given.Origin, given.Dispersion, channels)
                    : throw Problem(
                        null, $"an energy axis from {given.Origin} with {given.Dispersion} per channel makes no sense",
                        "give a finite origin and a positive dispersion");

            default:
                throw Problem(
                    source.FramesArray, "these are spectra, and their energy axis is not given",
                    "name the array of energies, or give origin and dispersion");
        }
    }

    private EnergyAxis Read(EnergyAxisSource.FromArray stored, int channels)
    {
        DataArray array = container.Read(stored.Array);
        if (array.Shape.Count != 1 || array.Count != channels || channels < 2)
        {
            throw Problem(
                stored.Array, $"its shape is {array.ShapeText}, and ({channels},) with at least 2 channels is expected"
                + $", as in '{source.FramesArray}'", "name the energies of these spectra");
        }

        double unit = stored.Unit == EnergyUnit.KiloelectronVolt ? 1000 : 1;
        double[] energies = [.. array.ToDoubles().Select(value => value * unit)];
        double dispersion = (energies[^1] - energies[0]) / (channels - 1);
        if (!(dispersion > 0 && double.IsFinite(dispersion)))
        {
            throw Problem(
                stored.Array, $"it runs from {energies[0]} to {energies[^1]} eV", "energies must be finite and rise");
        }

        for (int channel = 0; channel < channels; channel++)
        {
            double uniform = energies[0] + (channel * dispersion);
            if (!(Math.Abs(energies[channel] - uniform) <= LargestAxisDeviationInChannels * dispersion))
            {
                throw Problem(
                    stored.Array,
                    $"channel {channel} is at {energies[channel]:G8} eV, and evenly spaced it would be at "
                    + $"{uniform:G8} eV",
                    "resample the spectra to an even energy axis");
            }
        }

        return new EnergyAxis(new ElectronVolt(energies[0]), new ElectronVolt(dispersion), channels);
    }

    private DataFileException Problem(string? array, string problem, string remedy) =>
        new(container.Path, array, problem, remedy);
}
