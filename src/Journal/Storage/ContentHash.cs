using System.Security.Cryptography;

namespace DklActors.Journal.Storage;

/// <summary>A SHA-256 in lower-case hexadecimal.</summary>
public readonly record struct ContentHash(string Hex)
{
    public static ContentHash Of(ReadOnlySpan<byte> content) => From(SHA256.HashData(content));

    public static ContentHash From(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex;
}
