using DklActors.Messages.Frames;
using DklActors.Physics.Spectra.Backgrounds;

namespace DklActors.Physics.Spectra.Preparation;

/// <summary>
/// Subtracts a background fitted to a window, from its beginning on; the channels before it are dropped. What the fit
/// does not know well is carried as errors that channels share.
/// </summary>
internal sealed class SubtractBackground(BackgroundModel model, EnergyWindow window) : IPreparationStep
{
    public string? Apply(ref Spectrum spectrum)
    {
        if (BackgroundFit.Of(ref spectrum, window, model, out BackgroundFit fit) is { } problem)
        {
            return problem;
        }

        int first = EnergyAxis.ChannelsWithin(window, spectrum.Origin, spectrum.Dispersion, spectrum.Length)
            .Start.Value;
        spectrum.DropBefore(first);
        spectrum.Sketch?.Add(in spectrum, fit);
        fit.Subtract(ref spectrum);
        return null;
    }
}
