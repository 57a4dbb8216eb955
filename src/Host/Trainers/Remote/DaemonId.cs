using System.Security.Cryptography;
using DklActors.Host.Commands;

namespace DklActors.Host.Trainers.Remote;

/// <summary>What a daemon is called at the broker: random, made once, kept in its data folder.</summary>
internal static class DaemonId
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "daemon.id";

    private const int Bytes = 8;

    /// <exception cref="UsageException">The file is damaged.</exception>
    public static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) + "\n");
        }

        string id = File.ReadAllText(path).Trim();
        return id.Length == 2 * Bytes && id.All(char.IsAsciiHexDigitLower)
            ? id
            : throw new UsageException($"{path} holds no daemon's id; remove it, and the next start makes one.");
    }
}
