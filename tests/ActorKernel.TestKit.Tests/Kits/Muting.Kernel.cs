using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.TestKit.Kits;

namespace DklActors.ActorKernel.TestKit.Tests.Kits;

public sealed class Muting : TestKitBase
{
    private readonly List<string> _log = [];

    protected override ActorSystemSettings Settings =>
        base.Settings with { LogSink = written => _log.Add($"{written.Message}") };

    [Fact]
    public void Muted_events_and_expected_ones_stay_out_of_the_log()
    {
        using (EventFilter.Warning("hush").Mute())
        {
            Sys.Log.Warning("hush");
            Sys.Log.Warning("heard");
        }

        Sys.Log.Warning("hush");
        EventFilter.Error().ExpectOne(() => Sys.Log.Error("expected"));
        EventFilter.Error().Mute(() => Sys.Log.Error("muted"));
        Sys.Log.Error("again");
        _log.Should().Equal("heard", "hush", "again");
    }
}
