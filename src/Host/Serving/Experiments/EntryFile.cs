using System.Text;
using System.Text.Json;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Files;

namespace DklActors.Host.Serving.Experiments;

/// <summary>
/// What the daemon notes of an experiment beside its run, in <c>experiment.json</c>: where it stood in the queue, and
/// how it ended, so that a start need not open every journal. The journal alone decides what happened.
/// </summary>
/// <param name="Instrument">Whose queue it waits in.</param>
/// <param name="Order">Place in the order of submission.</param>
/// <param name="QueuedAt">When it was submitted.</param>
/// <param name="IsWanted">Whether it is to be run, or run on: until a person or its own end says otherwise.</param>
/// <param name="Summary">As last seen; null for one that never began.</param>
internal sealed record EntryFile(
    string Instrument, long Order, DateTimeOffset QueuedAt, bool IsWanted, ExperimentSummary? Summary)
{
    private const string Name = "experiment.json";

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder) => DurableFile.Write(
        Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options));

    /// <summary>Null where there is none, or none that can be read: then the journal is asked.</summary>
    public static EntryFile? Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<EntryFile>(
                    File.ReadAllText(path, Encoding.UTF8), ContractJson.Options)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or NotSupportedException)
        {
            return null;
        }
    }
}
