using System.Text.Json;
using System.Text.Json.Nodes;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>
/// Writes documents as JSON Lines, one pair of name and document a line, as suitcase-jsonl does and databroker reads.
/// </summary>
public static class BlueskyWriter
{
    /// <returns>Documents written, by name.</returns>
    public static IReadOnlyDictionary<string, long> Write(Stream stream, IEnumerable<BlueskyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(documents);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var writer = new Utf8JsonWriter(stream);
        foreach (BlueskyDocument document in documents)
        {
            new JsonArray(document.Name, document.Content).WriteTo(writer);
            writer.Flush();
            writer.Reset();
            stream.WriteByte((byte)'\n');
            counts[document.Name] = counts.GetValueOrDefault(document.Name) + 1;
        }

        return counts;
    }
}
