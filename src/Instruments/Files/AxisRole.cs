namespace DklActors.Instruments.Files;

/// <summary>What a dimension counts.</summary>
public enum AxisRole
{
    /// <summary>Places of the probe, times, or images of a series.</summary>
    Navigation,

    /// <summary>Channels or pixels of what was recorded at each of them.</summary>
    Signal,
}
