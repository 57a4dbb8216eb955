using DklActors.Host.Serving.Api;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Access;

/// <summary>Who commands: a browser tab or a terminal, and the person before it, by their own word.</summary>
/// <param name="Id">8 to 64 letters, digits and hyphens.</param>
/// <param name="Name">1 to 64 printable characters.</param>
internal sealed record Client(string Id, string Name)
{
    public const string IdHeader = "X-Dkl-Client";
    public const string NameHeader = "X-Dkl-Name";

    /// <exception cref="ApiException">The headers are missing or cannot be used.</exception>
    public static Client Of(HttpRequest request)
    {
        string id = request.Headers[IdHeader].ToString();
        // Headers hold Latin letters alone; a name may have any, as a part of an address has.
        string name = Uri.UnescapeDataString(request.Headers[NameHeader].ToString()).Trim();
        if (id.Length is < 8 or > 64 || !id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw ApiException.BadRequest(
                $"A command names its client by {IdHeader}: 8 to 64 letters, digits and hyphens.",
                "Send any such text, the same with each request, such as a UUID.");
        }

        return name.Length is >= 1 and <= 64 && !name.Any(char.IsControl)
            ? new Client(id, name)
            : throw ApiException.BadRequest(
                $"A command names its person by {NameHeader}: 1 to 64 printable characters.",
                "Send a name that the journal can keep; other than Latin letters as %XX of their UTF-8.");
    }
}
