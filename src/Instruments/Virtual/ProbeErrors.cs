using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>How a virtual probe misses its target, in px of the structural image.</summary>
/// <param name="PlacementDeviationPixels">Standard deviation of the true place about target plus offset.</param>
/// <param name="ReadBackDeviationPixels">Standard deviation of the read-back about the true place.</param>
/// <param name="OffsetRowPixels">Constant error of the place, in rows.</param>
/// <param name="OffsetColumnPixels">Constant error of the place, in columns.</param>
public sealed record ProbeErrors(
    double PlacementDeviationPixels = 0,
    double ReadBackDeviationPixels = 0,
    double OffsetRowPixels = 0,
    double OffsetColumnPixels = 0)
{
    public static ProbeErrors None { get; } = new();

    /// <exception cref="ArgumentException">A deviation is negative, or a value is not finite.</exception>
    internal void Validate()
    {
        if (!(PlacementDeviationPixels >= 0 && ReadBackDeviationPixels >= 0)
            || !double.IsFinite(
                PlacementDeviationPixels + ReadBackDeviationPixels + OffsetRowPixels + OffsetColumnPixels))
        {
            throw new ArgumentException($"{this}: deviations must be zero or more, and all values finite numbers.");
        }
    }

    /// <summary>Where the probe goes when sent to a target; the same target errs alike in all runs of a seed.</summary>
    internal ProbePosition PlaceFor(ProbePosition target, long seed)
    {
        SeededStream random = SeededStream.Of(seed, "placement").With(target.Row).With(target.Column);
        return Displace(target, OffsetRowPixels, OffsetColumnPixels, PlacementDeviationPixels, ref random);
    }

    /// <summary>What the hardware reports of a place. The same place reads alike in every run of a seed.</summary>
    internal ProbePosition ReadingOf(ProbePosition place, long seed)
    {
        SeededStream random = SeededStream.Of(seed, "read-back").With(place.Row).With(place.Column);
        return Displace(place, 0, 0, ReadBackDeviationPixels, ref random);
    }

    private static ProbePosition Displace(
        ProbePosition from, double rows, double columns, double deviation, ref SeededStream random)
    {
        if (deviation > 0)
        {
            rows += deviation * random.NextNormal();
            columns += deviation * random.NextNormal();
        }

        return new ProbePosition(from.Row + rows, from.Column + columns);
    }
}
