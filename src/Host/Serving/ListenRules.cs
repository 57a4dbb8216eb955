using System.Net;
using DklActors.Host.Commands;

namespace DklActors.Host.Serving;

/// <summary>Where the daemon may listen: anywhere with TLS, without it on this machine alone.</summary>
internal static class ListenRules
{
    /// <exception cref="UsageException">An address cannot be used, or would send tokens in the clear.</exception>
    public static void Check(ServeRequest request)
    {
        foreach (Uri address in AddressesOf(request))
        {
            bool isSecure = address.Scheme == Uri.UriSchemeHttps;
            if (!isSecure && !IsThisMachine(address))
            {
                throw new UsageException(
                    $"{address} would send tokens over a network in the clear: use https with --certificate, or listen "
                    + "on 127.0.0.1 and tunnel there.");
            }

            if (isSecure && request.Certificate is null)
            {
                throw new UsageException($"{address} needs a certificate: name one with --certificate FILE.");
            }
        }
    }

    public static IReadOnlyList<Uri> AddressesOf(ServeRequest request)
    {
        List<Uri> addresses = [];
        const StringSplitOptions Apart = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (string text in request.Urls.Split(';', Apart))
        {
            bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
                && address.Scheme is "http" or "https" && address.AbsolutePath == "/" && address.UserInfo.Length == 0;
            addresses.Add(isAddress
                ? address!
                : throw new UsageException($"--urls {text}: expected an address such as http://127.0.0.1:5080."));
        }

        return addresses.Count > 0
            ? addresses
            : throw new UsageException("--urls is empty: give an address such as http://127.0.0.1:5080.");
    }

    private static bool IsThisMachine(Uri address) =>
        address.Host == "localhost"
        || (IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
