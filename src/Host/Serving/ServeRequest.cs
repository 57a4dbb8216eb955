using DklActors.Actors.Running;
using DklActors.Host.Trainers.Broker;

namespace DklActors.Host.Serving;

/// <summary>What <c>dkl serve</c> was asked for.</summary>
/// <param name="Data">Folder of everything that the daemon keeps.</param>
/// <param name="Urls">Where to listen, such as http://127.0.0.1:5080; port 0 for any that is free.</param>
/// <param name="Certificate">PEM or PFX file for https, or null.</param>
/// <param name="CertificateKey">PEM file of the private key, or null where the certificate holds it.</param>
/// <param name="LogLevel">Lines below it are left out of the logs.</param>
internal sealed record ServeRequest(
    string Data, string Urls, string? Certificate, string? CertificateKey, RunLogLevel LogLevel)
{
    /// <summary>The broker that trainer nodes are reached by; null for none.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Where trainer nodes reach this daemon; null for where it listens.</summary>
    public Uri? ContentsUrl { get; init; }
}
