using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Secrets;
using DklActors.Support.Broker;
using Microsoft.Extensions.Logging.Abstractions;

namespace DklActors.Trainers.Tests.Link;

/// <summary>A broker with TLS, and credentials that are wrong.</summary>
[Collection(SharedBroker.Collection)]
public sealed class TlsTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [BrokerFact]
    public async Task A_broker_of_ones_own_authority_is_trusted_and_no_other()
    {
        using var ours = new OwnCertificates("localhost");
        using var theirs = new OwnCertificates("localhost");
        await using var broker = new RabbitServer
        {
            Settings = $"""
                listeners.ssl.default = {"{secure}"}
                ssl_options.cacertfile = {ours.Authority}
                ssl_options.certfile = {ours.Server}
                ssl_options.keyfile = {ours.Key}
                ssl_options.verify = verify_none
                """,
        };
        await broker.InitializeAsync();
        string url = $"amqps://localhost:{broker.SecurePort}";

        (await TryAsync(url, null, ours.Authority)).IsConnected.Should().BeTrue();

        BrokerView foreign = await TryAsync(url, null, theirs.Authority);
        foreign.IsConnected.Should().BeFalse();
        foreign.Reason.Should().Contain("certificate");
        (await TryAsync(url, null, null)).IsConnected.Should().BeFalse("the system does not know the authority");
        (await TryAsync($"amqps://127.0.0.2:{broker.SecurePort}", null, ours.Authority)).IsConnected
            .Should().BeFalse("nobody listens there");
    }

    [BrokerFact]
    public async Task Who_is_not_let_in_is_told_so()
    {
        await using var broker = new RabbitServer();
        await broker.InitializeAsync();
        string credentials = Path.GetTempFileName();
        await File.WriteAllTextAsync(credentials, "anna:wrong");

        BrokerView view = await TryAsync(broker.Url, credentials, null);

        view.IsConnected.Should().BeFalse();
        view.Reason.Should().Contain("ACCESS_REFUSED");
        view.Address.Should().NotContain("wrong");
        File.Delete(credentials);
    }

    /// <summary>What came of the first try.</summary>
    private static async Task<BrokerView> TryAsync(string url, string? credentials, string? authority)
    {
        await using var daemon = new TrainerNodes(
            new TrainerNodesOptions(
                BrokerAddress.Parse(url, credentials, authority), new TrainerToken(new string('t', 32)),
                "0011223344556677", "dkl"),
            TimeProvider.System, NullLogger.Instance);
        long started = TimeProvider.System.GetTimestamp();
        while (daemon.Broker is { IsConnected: false, Reason: "it was not tried yet" })
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Longest);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return daemon.Broker;
    }
}
