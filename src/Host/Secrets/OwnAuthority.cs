using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DklActors.Host.Commands;

namespace DklActors.Host.Secrets;

/// <summary>Certificates that are trusted beside none other: those of an authority of one's own.</summary>
internal sealed class OwnAuthority
{
    private readonly X509Certificate2Collection _roots = [];

    /// <param name="path">PEM file with one certificate or several.</param>
    /// <exception cref="UsageException">It holds none.</exception>
    public OwnAuthority(string path)
    {
        try
        {
            _roots.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException
            or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read as certificates ({exception.Message}); give a PEM file.");
        }

        if (_roots.Count == 0)
        {
            throw new UsageException($"{path} holds no certificate; give the PEM file of the authority.");
        }
    }

    /// <summary>Whether a server's certificate is for its name, in date, and of this authority.</summary>
    public bool Trusts(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        // All but an unknown root is as wrong as ever.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement element in presented?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
