namespace DklActors.Host.Journals;

/// <summary>Formats that a run can be exported to.</summary>
internal enum ExportFormat
{
    /// <summary>Documents of Bluesky's event model, as JSON Lines.</summary>
    Bluesky,

    /// <summary>Measured frames with positions as NumPy arrays.</summary>
    Npz,

    /// <summary>Measured frames with positions as a HyperSpy signal.</summary>
    Hspy,

    /// <summary>Decisions as a table, one row a point.</summary>
    Csv,
}
