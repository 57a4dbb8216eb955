using System.Threading.Channels;

namespace DklActors.Kernel.Messaging;

/// <summary>
/// The same over bare channels and two tasks: no actors, no supervision, no bound. What is left of the difference is
/// what actors cost.
/// </summary>
internal sealed class ChannelPingPong(int inFlight, int messages) : IDisposable
{
    private static readonly UnboundedChannelOptions OneEach = new() { SingleReader = true, SingleWriter = true };

    private readonly CountdownEvent _running = new(1);

    public void Run()
    {
        _running.Reset(1);
        var (there, back) = (Channel.CreateUnbounded<object>(OneEach), Channel.CreateUnbounded<object>(OneEach));
        _ = Task.Run(() => PongAsync(there.Reader, back.Writer));
        _ = Task.Run(() => PingAsync(there.Writer, back.Reader));
        _running.Wait();
    }

    public void Dispose() => _running.Dispose();

    private static async Task PongAsync(ChannelReader<object> pings, ChannelWriter<object> pongs)
    {
        while (await pings.WaitToReadAsync().ConfigureAwait(false))
        {
            while (pings.TryRead(out var ball))
            {
                pongs.TryWrite(ball);
            }
        }
    }

    private async Task PingAsync(ChannelWriter<object> pings, ChannelReader<object> pongs)
    {
        var unreturned = messages / 2;
        var unsent = unreturned - inFlight;
        var first = new object();
        for (var i = 0; i < inFlight; i++)
        {
            pings.TryWrite(first);
        }

        while (unreturned > 0 && await pongs.WaitToReadAsync().ConfigureAwait(false))
        {
            while (pongs.TryRead(out var ball))
            {
                unreturned--;
                if (unsent > 0)
                {
                    unsent--;
                    pings.TryWrite(ball);
                }
            }
        }

        pings.Complete();
        _running.Signal();
    }
}
