using System.Net.Sockets;
using System.Text;
using DklActors.Host.Supervising;

namespace DklActors.Host.Tests.Supervising;

/// <summary>A datagram socket in the part of systemd.</summary>
public sealed class ServiceNotifierTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-notify-");
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceNotifierTests() => _systemd.Bind(new UnixDomainSocketEndPoint(Address));

    private string Address => Path.Combine(_folder.FullName, "notify");

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_service_says_arrives_one_datagram_each()
    {
        var notifier = new ServiceNotifier(Address, null);

        notifier.Ready("2 experiments\nat work");
        notifier.Status("idle");
        notifier.Stopping();

        (await HearAsync()).Should().Be("READY=1\nSTATUS=2 experiments at work");
        (await HearAsync()).Should().Be("STATUS=idle");
        (await HearAsync()).Should().Be("STOPPING=1");
    }

    [Fact]
    public async Task Signs_of_life_come_in_time_and_only_while_there_is_life()
    {
        var time = new ManualTimeProvider();
        var notifier = new ServiceNotifier(Address, Patience);
        bool isLive = true;
        using var ending = new CancellationTokenSource();
        Task keeping = notifier.KeepAliveAsync(() => isLive, time, ending.Token);
        (await HearAsync()).Should().Be("WATCHDOG=1");

        time.Advance(0.5 * Patience);
        (await HearAsync()).Should().Be("WATCHDOG=1", "well before systemd loses patience");

        isLive = false;
        time.Advance(0.5 * Patience);
        notifier.Status("the next that is heard");
        (await HearAsync()).Should().Be("STATUS=the next that is heard");
        await ending.CancelAsync();
        await keeping.Invoking(it => it).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Without_systemd_nothing_happens()
    {
        var notifier = new ServiceNotifier(null, null);

        notifier.IsThere.Should().BeFalse();
        notifier.Invoking(it => it.Ready("")).Should().NotThrow();
        new ServiceNotifier(Path.Combine(_folder.FullName, "gone"), null)
            .Invoking(it => it.Stopping()).Should().NotThrow();
    }

    private async Task<string> HearAsync()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        byte[] datagram = new byte[1000];
        int length = await _systemd.ReceiveAsync(datagram, giveUp.Token);
        return Encoding.UTF8.GetString(datagram, 0, length);
    }
}
