namespace DklActors.Physics.Spectra.Preparation;

/// <summary>Adds up groups of neighbouring channels; channels left over at the end are dropped.</summary>
internal sealed class Bin(int factor) : IPreparationStep
{
    public string? Apply(ref Spectrum spectrum)
    {
        int length = spectrum.Length / factor;
        if (length == 0)
        {
            return $"A spectrum of {spectrum.Length} channels cannot be binned by {factor}.";
        }

        Gather(spectrum.Counts, length);
        Gather(spectrum.Variances, length);
        for (int mode = 0; mode < spectrum.ModeCount; mode++)
        {
            Gather(spectrum.Modes.Slice(mode * spectrum.Length, spectrum.Length), length);
        }

        // The middle of the first group.
        spectrum.Origin = spectrum.EnergyOf(0.5 * (factor - 1));
        spectrum.Shorten(length);
        spectrum.Dispersion *= factor;
        return null;
    }

    private void Gather(Span<double> values, int length)
    {
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            foreach (double value in values.Slice(i * factor, factor))
            {
                sum += value;
            }

            values[i] = sum;
        }
    }
}
