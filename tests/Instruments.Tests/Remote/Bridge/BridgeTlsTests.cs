using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using static DklActors.Instruments.Tests.Remote.Bridge.BridgeSetup;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>A bridge on another machine: TLS, with a certificate of one's own.</summary>
public sealed class BridgeTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact(PythonBridge.Modules)]
    public async Task Only_a_certificate_that_is_trusted_is_spoken_to_by_either_way()
    {
        (string certificate, string key, X509Certificate2 own) = MakeCertificate();
        using (own)
        {
            await using PythonBridge bridge = await PythonBridge.StartAsync(
                "--certificate", certificate, "--key", key);
            bridge.Address.Scheme.Should().Be("https");
            using var microscope = new BridgeMicroscope(
                With(bridge, presented => presented.SequenceEqual(own.RawData)), TimeProvider.System);
            await microscope.BeginAsync("run-1", CancellationToken.None);

            (await microscope.MeasureAsync()).Counts.Length.Should().Be(microscope.EnergyAxis!.Channels);

            Action stranger = () => new BridgeMicroscope(With(bridge, _ => false), TimeProvider.System).Dispose();
            stranger.Should().Throw<InstrumentException>().WithMessage("*certificate*");
            Action usual = () => new BridgeMicroscope(
                Options(bridge.Address, bridge.Token), TimeProvider.System).Dispose();
            usual.Should().Throw<InstrumentException>("nobody signed it").WithMessage("*certificate*");
        }
    }

    private static BridgeOptions With(PythonBridge bridge, Func<byte[], bool> trusts) => new()
    {
        Address = bridge.Address,
        Token = bridge.Token,
        Trusts = (_, presented, _, _) => presented is not null && trusts(presented.GetRawCertData()),
        Client = "tests",
        Detector = PythonBridge.Detector,
        Channel = "HAADF",
        Size = new(32, 32),
        SurveyDwell = TimeSpan.FromMicroseconds(2),
        Dwell = Dwell,
        Longest = Longest,
    };

    private (string Certificate, string Key, X509Certificate2 Own) MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=scope", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        X509Certificate2 own = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string certificate = Path.Combine(_folder.Path, "certificate.pem");
        string keys = Path.Combine(_folder.Path, "key.pem");
        File.WriteAllText(certificate, own.ExportCertificatePem());
        File.WriteAllText(keys, key.ExportPkcs8PrivateKeyPem());
        return (certificate, keys, own);
    }
}
