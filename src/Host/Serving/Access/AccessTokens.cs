using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DklActors.Host.Commands;
using DklActors.Host.Secrets;

namespace DklActors.Host.Serving.Access;

/// <summary>The two tokens of a daemon, made at its first start in a file that only its user can read.</summary>
internal sealed class AccessTokens
{
    private const int Bytes = 32;

    private readonly byte[] _observer;
    private readonly byte[] _controller;

    public AccessTokens(string observer, string controller)
    {
        Observer = observer;
        Controller = controller;
        _observer = HashOf(observer);
        _controller = HashOf(controller);
    }

    public string Observer { get; }

    public string Controller { get; }

    /// <summary>Reads the tokens, or makes them where there are none.</summary>
    /// <exception cref="UsageException">The file is damaged, or others can read it.</exception>
    public static AccessTokens ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            var made = new AccessTokens(Make(), Make());
            OwnerOnlyFile.Make(path, JsonSerializer.Serialize(
                new TokenFile(made.Observer, made.Controller), JsonSerializerOptions.Web));
            return made;
        }

        string text = OwnerOnlyFile.Read(path, "the tokens, which the next start makes anew where there is no file");

        try
        {
            TokenFile? read = JsonSerializer.Deserialize<TokenFile>(text, JsonSerializerOptions.Web);
            return read is { Observer.Length: >= 16, Controller.Length: >= 16 } && read.Observer != read.Controller
                ? new AccessTokens(read.Observer, read.Controller)
                : throw new JsonException("two different tokens of 16 characters or more are needed");
        }
        catch (JsonException exception)
        {
            throw new UsageException(
                $"{path} holds no tokens ({exception.Message}); remove it, and the next start makes new ones.");
        }
    }

    /// <summary>What a token allows; null for one that is unknown. Takes as long for a near miss as for any.</summary>
    public Role? RoleOf(string token)
    {
        byte[] hash = HashOf(token);
        bool isController = CryptographicOperations.FixedTimeEquals(hash, _controller);
        bool isObserver = CryptographicOperations.FixedTimeEquals(hash, _observer);
        return isController ? Role.Controller : isObserver ? Role.Observer : null;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    private sealed record TokenFile(string Observer, string Controller);
}
