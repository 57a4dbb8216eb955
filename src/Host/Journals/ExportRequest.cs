namespace DklActors.Host.Journals;

/// <summary>What to export.</summary>
/// <param name="Run">Folder of the run.</param>
/// <param name="Format">Format.</param>
/// <param name="Out">The file to write, or null for one in the run's folder.</param>
/// <param name="Force">Whether a file that is there is replaced.</param>
/// <param name="SignalType">HyperSpy's signal type of the frames; empty for a plain signal.</param>
internal sealed record ExportRequest(string Run, ExportFormat Format, string? Out, bool Force, string SignalType)
{
    /// <summary>The file to write.</summary>
    public string Path => Out ?? System.IO.Path.Combine(Run, "exports", Format switch
    {
        ExportFormat.Bluesky => "documents.jsonl",
        ExportFormat.Npz => "frames.npz",
        ExportFormat.Hspy => "frames.hspy",
        _ => "decisions.csv",
    });
}
