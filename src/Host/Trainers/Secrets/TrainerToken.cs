using System.Security.Cryptography;
using System.Text;
using DklActors.Host.Commands;
using DklActors.Host.Secrets;

namespace DklActors.Host.Trainers.Secrets;

/// <summary>
/// What a daemon and its trainer nodes share: messages are signed with keys that follow from it, and contents are
/// fetched and handed in with it.
/// </summary>
internal sealed class TrainerToken
{
    /// <summary>Name of the file in the daemon's data folder.</summary>
    public const string FileName = "trainer.token";

    private const int Bytes = 32;
    private const int LeastLength = 16;
    private const string WhatItIs = "the trainer token, which daemon and nodes share";

    private readonly byte[] _hash;

    /// <param name="text">At least 16 characters.</param>
    public TrainerToken(string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(text.Length, LeastLength);
        Text = text;
        _hash = HashOf(text);
    }

    /// <summary>As it is sent in an Authorization header; never in a message.</summary>
    public string Text { get; }

    /// <exception cref="UsageException">There is none, it is too short, or others can read it.</exception>
    public static TrainerToken Read(string path)
    {
        string text = OwnerOnlyFile.Read(path, WhatItIs);
        return text.Length >= LeastLength && !text.Any(char.IsWhiteSpace)
            ? new TrainerToken(text)
            : throw new UsageException(
                $"{path} holds no trainer token: one line of {LeastLength} characters or more. Copy {FileName} of the "
                + "daemon's data folder.");
    }

    /// <summary>Reads the token, or makes one where there is none.</summary>
    /// <exception cref="UsageException">It is damaged, or others can read it.</exception>
    public static TrainerToken ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            OwnerOnlyFile.Make(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
        }

        return Read(path);
    }

    /// <summary>Takes as long for a near miss as for any.</summary>
    public bool Is(string text) => CryptographicOperations.FixedTimeEquals(HashOf(text), _hash);

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
