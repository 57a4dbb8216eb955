namespace DklActors.Reliability.Failpoints;

/// <summary>The moments in which a content becomes durable.</summary>
internal enum FileStep
{
    /// <summary>Nothing is there yet.</summary>
    Unwritten,

    /// <summary>Half of its bytes are.</summary>
    Torn,

    /// <summary>Its bytes are durable under another name.</summary>
    Written,

    /// <summary>It has its name, which is not durable.</summary>
    Renamed,

    /// <summary>Its name is durable.</summary>
    Synced,
}
