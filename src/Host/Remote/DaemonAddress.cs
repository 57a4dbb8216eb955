using System.Text.Json;
using DklActors.Host.Commands;
using DklActors.Host.Serving;

namespace DklActors.Host.Remote;

/// <summary>Where the daemon is, and the token that opens it.</summary>
/// <param name="Url">Its address, such as http://127.0.0.1:5080.</param>
/// <param name="Token">A token of it.</param>
internal sealed record DaemonAddress(Uri Url, string Token)
{
    public const string UrlVariable = "DKL_URL";
    public const string TokenVariable = "DKL_TOKEN";

    /// <summary>What is given comes first, then the environment, then what a daemon on this machine has left.</summary>
    /// <param name="url">As given, or null.</param>
    /// <param name="token">As given, or null.</param>
    /// <param name="data">Folder of the daemon, or null for the usual one.</param>
    /// <exception cref="UsageException">Nothing says where the daemon is, or no token is to be had.</exception>
    public static DaemonAddress Find(string? url, string? token, string? data)
    {
        string folder = Path.GetFullPath(data ?? DataFolder.Default);
        string place = Given(url, UrlVariable) ?? Read(DataFolder.AddressIn(folder), "url")
            ?? throw new UsageException(
                $"No daemon runs for {folder}: it has no daemon.json. Start one with "
                + $"'dkl serve --data {data ?? DataFolder.Default}', or say where it is with --data, --url or "
                + $"{UrlVariable}.");
        if (!Uri.TryCreate(place, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"'{place}' is no address; write it like http://127.0.0.1:5080.");
        }

        string key = Given(token, TokenVariable) ?? Read(DataFolder.TokensIn(folder), "controller")
            ?? throw new UsageException(
                $"There is no token: {folder} has no tokens.json. Give one with --token or {TokenVariable}.");
        return new DaemonAddress(address, key);
    }

    private static string? Given(string? option, string variable) =>
        option is { Length: > 0 } ? option
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value
        : null;

    private static string? Read(string path, string name)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty(name).GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            throw new UsageException($"{path} has no '{name}': {exception.Message}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path} may not be read by {Environment.UserName}: run the command as the daemon's user, or give "
                + $"--token or {TokenVariable}.");
        }
    }
}
