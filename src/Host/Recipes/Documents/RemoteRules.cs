using System.Net;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Documents;

/// <summary>What an address of a microscope has to be.</summary>
internal static class RemoteRules
{
    /// <summary>The usual port of asyncroscopy's central server.</summary>
    public const int AsyncroscopyPort = 9000;

    /// <summary>What is wrong with an address, and what to write; null for nothing.</summary>
    public static (string Problem, string Remedy)? ProblemOf(MicroscopeKind kind, string address) =>
        kind == MicroscopeKind.Asyncroscopy
            ? EndPointOf(address) is null
                ? ($"'{address}' is no host with a port", $"write it like localhost:{AsyncroscopyPort}")
                : null
            : ProblemOfBridge(address);

    /// <summary>Host and port of asyncroscopy; null where the text is none.</summary>
    public static (string Host, int Port)? EndPointOf(string address) =>
        Uri.TryCreate($"tcp://{address}", UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0
        && uri.PathAndQuery is "" or "/" && uri.UserInfo.Length == 0
            ? (uri.DnsSafeHost, uri.Port > 0 ? uri.Port : AsyncroscopyPort)
            : null;

    private static (string Problem, string Remedy)? ProblemOfBridge(string address)
    {
        const string Remedy = "write it like http://127.0.0.1:7840 or https://scope:7840";
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
        {
            return ($"'{address}' is no address of a bridge", Remedy);
        }

        if (uri.UserInfo.Length > 0)
        {
            return ("the address holds a secret", "leave it out; tokenFile names the file with the token");
        }

        bool isHere = uri.Host == "localhost"
            || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? ip) && IPAddress.IsLoopback(ip));
        return uri.Scheme == "http" && !isHere
            ? ($"{uri.Host} is another machine, and http would send the token for all to read",
                "write https, with authority for a certificate of your own; or tunnel: ssh -L 7840:127.0.0.1:7840 "
                + uri.Host)
            : null;
    }
}
