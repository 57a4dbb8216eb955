using DklActors.ActorKernel.TestKit.Probes;
using DklActors.ActorKernel.TestKit.Tests.Examples;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Waiting;

public sealed class StandingClock
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void A_wait_outlasts_its_limit_while_an_actor_is_busy()
    {
        using var kit = new SomeKit(Mode.StandingTime);
        using var release = new ManualResetEventSlim();
        kit.TestActor.Tell(new InActor(_ => release.Wait(SomeKit.Long)));
        kit.TestActor.Tell("at last");
        var looks = 0;
        kit.AwaitCondition(
            () =>
            {
                if (++looks == 5)
                {
                    release.Set();
                }

                return kit.HasMessages;
            },
            Tick);
    }

    [Fact]
    public void A_wait_does_not_move_the_clock()
    {
        using var kit = new SomeKit(Mode.StandingTime);
        kit.Sys.ActorOf(Props.Create(() => new Alarm(kit.TestActor, Tick)));
        kit.ReceiveOne(SomeKit.Short).Should().BeNull();
        kit.Clock.Elapsed.Should().Be(TimeSpan.Zero);
        kit.Clock.Advance(Tick);
        kit.ExpectMsg("ring");
    }

    [Fact]
    public void Silence_moves_it_from_timer_to_timer_so_that_actors_keep_up()
    {
        using var kit = new SomeKit(Mode.StandingTime);
        var ticker = kit.Sys.ActorOf(Props.Create(() => new Ticker(TimeSpan.FromMinutes(1))));
        kit.ExpectNoMsg(TimeSpan.FromHours(1));
        ticker.Tell("how many?", kit.TestActor);
        kit.ExpectMsg(60);
    }

    /// <summary>
    /// Sets its timer again only when it has handled a tick: a clock that jumped would leave some out.
    /// </summary>
    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        private readonly TimeSpan _interval;
        private int _ticks;

        public Ticker(TimeSpan interval)
        {
            _interval = interval;
            Receive<int>(_ =>
            {
                _ticks++;
                PreStart();
            });
            Receive<string>(_ => Sender.Tell(_ticks));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartSingleTimer("tick", 0, _interval);
    }
}
