using System.Text.Json;
using DklActors.Journal.Files;

namespace DklActors.Host.Serving;

/// <summary>Tells other commands where the daemon of a folder listens.</summary>
/// <param name="Url">Its address.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record AddressFile(string Url, int ProcessId)
{
    public static void Write(string path, Uri address) => DurableFile.Write(
        path,
        JsonSerializer.SerializeToUtf8Bytes(
            new AddressFile(address.ToString(), Environment.ProcessId), JsonSerializerOptions.Web));

    public static void Remove(string path) => File.Delete(path);
}
