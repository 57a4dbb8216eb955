using DklActors.ActorKernel.TestKit.Deterministic;

namespace DklActors.ActorKernel.TestKit.Tests.Deterministic;

public sealed class DeterministicRuns
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void The_same_seed_takes_the_same_steps_and_comes_to_the_same_order()
    {
        var first = Race(7);
        var again = Race(7);

        again.Order.Should().Equal(first.Order);
        again.Fingerprint.Should().Be(first.Fingerprint);
    }

    [Fact]
    public void Seeds_come_to_every_order_that_threads_could_bring_about()
    {
        var orders = Enumerable.Range(0, 3000).Select(seed => string.Concat(Race((ulong)seed).Order)).ToHashSet();

        // Three senders of two letters each, every sender's own in order: 6! / (2! 2! 2!) orders.
        orders.Should().HaveCount(90);
    }

    [Fact]
    public void A_day_of_virtual_time_passes_at_once_and_exactly()
    {
        var scheduler = new DeterministicScheduler(1);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        var ticks = new List<TimeSpan>();
        system.ActorOf(Props.Create(() => new Ticker(() => ticks.Add(scheduler.Time.Elapsed))));
        scheduler.RunFor(Day);

        ticks.Should().HaveCount(24);
        ticks.Should().OnlyContain(at => at.Ticks % TimeSpan.TicksPerHour == 0);
        scheduler.Time.Elapsed.Should().Be(Day);
    }

    [Fact]
    public void A_question_is_answered_by_steps_alone()
    {
        var scheduler = new DeterministicScheduler(3);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var reply = echo.Ask<string>("hello");

        reply.IsCompleted.Should().BeFalse("nothing moves between steps");
        scheduler.Run(reply, Day).Should().Be("hello");
    }

    [Fact]
    public void A_system_ends_by_steps_alone()
    {
        var scheduler = new DeterministicScheduler(3);
        var system = ActorSystem.Create("sim", scheduler.Settings);
        system.ActorOf(Props.Create(() => new Echo()));
        Task end = system.Terminate();

        scheduler.RunUntil(() => end.IsCompleted, Day).Should().BeTrue();
        scheduler.Step().Should().BeFalse("nothing is left to do");
    }

    [Fact]
    public void What_waits_inside_a_step_lets_the_others_go_on()
    {
        var scheduler = new DeterministicScheduler(5);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var work = Task.Factory.StartNew(
            () =>
            {
                var reply = echo.Ask<string>("meanwhile");
                scheduler.RunFor(TimeSpan.FromSeconds(2));
                return reply.IsCompletedSuccessfully;
            },
            CancellationToken.None,
            TaskCreationOptions.HideScheduler,
            scheduler.Background);

        scheduler.Run(work, Day).Should().BeTrue();
        scheduler.Time.Elapsed.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_slow_machine_lets_a_timer_fire_before_older_work_is_done()
    {
        var overtaken = Enumerable.Range(0, 200).Count(seed =>
        {
            var scheduler = new DeterministicScheduler((ulong)seed) { Slowness = 0.5 };
            using var system = ActorSystem.Create("sim", scheduler.Settings);
            var heard = new List<string>();
            var actor = system.ActorOf(Props.Create(() => new Listener(heard)));
            using var timer = scheduler.Time.CreateTimer(
                _ => heard.Add("timer"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            actor.Tell("message");
            scheduler.RunUntil(() => heard.Count == 2, Day);
            return heard[0] == "timer";
        });

        overtaken.Should().BeInRange(1, 199);
    }

    [Fact]
    public void What_a_check_throws_ends_the_run_and_names_seed_and_step()
    {
        var scheduler = new DeterministicScheduler(11);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        scheduler.AfterStep = () => throw new InvalidOperationException("the beam is on");

        var broken = scheduler.Invoking(it => it.RunFor(Day)).Should().Throw<SimulationBrokenException>().Which;
        broken.Message.Should().Contain("Seed 11").And.Contain("the beam is on").And.Contain("/user");
    }

    [Fact]
    public void Work_that_comes_from_another_thread_is_found_out()
    {
        var scheduler = new DeterministicScheduler(2);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        scheduler.AfterStep = () =>
        {
            var stranger = new Thread(() => echo.Tell("from outside"));
            stranger.Start();
            stranger.Join();
        };

        scheduler.Invoking(it => it.RunFor(Day)).Should().Throw<SimulationBrokenException>()
            .WithMessage("*another thread*");
    }

    private static (List<char> Order, ulong Fingerprint) Race(ulong seed)
    {
        var scheduler = new DeterministicScheduler(seed);
        using var system = ActorSystem.Create("sim", scheduler.Settings);
        var order = new List<char>();
        var finish = system.ActorOf(Props.Create(() => new Finish(order)));
        foreach (var letters in (string[])["ab", "cd", "ef"])
        {
            system.ActorOf(Props.Create(() => new Runner(letters, finish)));
        }

        scheduler.RunUntil(() => order.Count == 6, Day).Should().BeTrue();
        return (order, scheduler.Fingerprint);
    }

    private sealed class Runner : ReceiveActor
    {
        public Runner(string letters, IActorRef finish)
        {
            Receive<int>(next =>
            {
                finish.Tell(letters[next]);
                if (next + 1 < letters.Length)
                {
                    Self.Tell(next + 1);
                }
            });
            Self.Tell(0);
        }
    }

    private sealed class Finish : ReceiveActor
    {
        public Finish(List<char> order) => Receive<char>(order.Add);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(List<string> heard) => Receive<string>(heard.Add);
    }

    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        public Ticker(Action tick) => Receive<string>(_ => tick());

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromHours(1));
    }
}
