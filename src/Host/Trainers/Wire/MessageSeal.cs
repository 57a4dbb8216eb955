using System.Security.Cryptography;
using System.Text;
using DklActors.Host.Trainers.Secrets;

namespace DklActors.Host.Trainers.Wire;

/// <summary>
/// Signs messages and knows one's own: HMAC-SHA256 over the body, with a key for each kind that follows from the
/// trainer token (HKDF). The broker carries messages and need not be trusted with what they say.
/// </summary>
internal sealed class MessageSeal(TrainerToken token)
{
    /// <summary>Header of a message that holds its signature, in lower-case hexadecimal.</summary>
    public const string Header = "x-dkl-signature";

    private readonly byte[][] _keys =
        [.. Enum.GetValues<MessageKind>().Order().Select(kind => KeyOf(token, kind))];

    public string Sign(MessageKind kind, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_keys[(int)kind], body));

    /// <param name="kind">What the message should be.</param>
    /// <param name="body">The message.</param>
    /// <param name="headers">Its headers, as the broker gave them.</param>
    public bool IsGenuine(MessageKind kind, ReadOnlySpan<byte> body, IDictionary<string, object?>? headers)
    {
        object? value = null;
        _ = headers?.TryGetValue(Header, out value);
        string? text = value switch
        {
            byte[] { Length: 2 * HMACSHA256.HashSizeInBytes } bytes => Encoding.ASCII.GetString(bytes),
            string { Length: 2 * HMACSHA256.HashSizeInBytes } given => given,
            _ => null,
        };
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys[(int)kind], body, right);
        return text is not null
            && Convert.FromHexString(text, signature, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == signature.Length
            && CryptographicOperations.FixedTimeEquals(signature, right);
    }

    private static byte[] KeyOf(TrainerToken token, MessageKind kind) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(token.Text),
        HMACSHA256.HashSizeInBytes,
        "dkl trainers"u8.ToArray(),
        Encoding.UTF8.GetBytes($"signature 1 of {kind}"));
}
