using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Simulated.Detectors;

/// <summary>X-rays and cosmic rays that hit a detector now and then: a few channels of many counts.</summary>
/// <param name="Probability">Of one hit in one exposure, 0 to 1.</param>
/// <param name="Counts">Counts that a hit leaves, about; hits spread over a decade.</param>
internal sealed record XRaySpikes(double Probability, double Counts)
{
    // A hit mostly stays in one channel and leaves a little in its neighbour.
    private const double NeighbourShare = 0.3;

    public void Strike(Span<float> counts, ref SeededStream random)
    {
        if (Probability <= 0 || random.NextUnit() >= Probability)
        {
            return;
        }

        int channel = Math.Min((int)(random.NextUnit() * counts.Length), counts.Length - 1);
        double left = Math.Round(Counts * Math.Pow(10, random.NextBetween(-0.5, 0.5)));
        counts[channel] += (float)left;
        if (channel + 1 < counts.Length)
        {
            counts[channel + 1] += (float)Math.Round(left * NeighbourShare * random.NextUnit());
        }
    }
}
