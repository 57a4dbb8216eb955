namespace DklActors.Instruments.Virtual;

/// <summary>How long a virtual microscope takes; the dwell comes with the lease.</summary>
/// <param name="Settle">From the order to move until the probe stands.</param>
/// <param name="Readout">From the end of an exposure until the frame is there.</param>
/// <param name="Survey">Scan of the whole structural image, with the beam on.</param>
public sealed record VirtualTiming(TimeSpan Settle, TimeSpan Readout, TimeSpan Survey)
{
    /// <summary>No waiting at all, for batch work on recorded data.</summary>
    public static VirtualTiming Instant { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <exception cref="ArgumentException">A duration is negative.</exception>
    internal void Validate()
    {
        foreach ((string name, TimeSpan duration) in new[]
            { (nameof(Settle), Settle), (nameof(Readout), Readout), (nameof(Survey), Survey) })
        {
            if (duration < TimeSpan.Zero)
            {
                throw new ArgumentException(
                    $"The {name.ToLowerInvariant()} time of a virtual microscope is {duration}; give zero or more.");
            }
        }
    }
}
