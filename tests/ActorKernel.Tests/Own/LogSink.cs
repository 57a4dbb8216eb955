using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

public sealed class LogSink : ActorTest
{
    private readonly TaskCompletionSource<LogEvent> _sunk = new();

    protected override ActorSystemSettings Settings =>
        base.Settings with { LogSink = written => _sunk.TrySetResult(written) };

    [Fact]
    public async Task A_failure_goes_to_the_stream_and_to_the_sink_with_the_time_of_the_systems_clock()
    {
        var errors = NewProbe();
        Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        Sys.ActorOf(Puppet.Props(errors), "a").Tell(Boom());
        var error = await errors.ExpectAsync<Error>();
        error.Timestamp.Should().Be(Clock.GetUtcNow().UtcDateTime);
        (await _sunk.Task.WaitAsync(Patience)).Should().BeSameAs(error);
    }
}
