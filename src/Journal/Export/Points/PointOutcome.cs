namespace DklActors.Journal.Export.Points;

/// <summary>What became of a planned point.</summary>
public enum PointOutcome
{
    /// <summary>Chosen; no exposure was intended yet, or the last one failed and may be repeated.</summary>
    Planned,

    /// <summary>An exposure was intended and nothing answers it yet.</summary>
    Intended,

    /// <summary>Its frame is recorded, its scalar is not yet.</summary>
    Recorded,

    /// <summary>Frame and scalar are recorded.</summary>
    Measured,

    /// <summary>Given up without a frame.</summary>
    Abandoned,

    /// <summary>Exposed or not: the process ended in between. Charged in full.</summary>
    Unknown,
}
