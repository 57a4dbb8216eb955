using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.TestKit.Deterministic;

namespace DklActors.ActorKernel.Tests.Own.Mailboxes;

/// <summary>One thread runs the sender and the receiver: the sender's wait is the receiver's turn.</summary>
public sealed class WaitingInVirtualTime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_waiting_sender_lets_the_receiver_run(ulong seed)
    {
        using var scheduler = new DeterministicScheduler(seed);
        var system = SystemOf(scheduler);
        var received = new List<object>();
        Action<object> receive = received.Add;
        var receiver = system.ActorOf(Props.Create(() => new Acting(receive)).WithMailbox("wait"), "receiver");
        Action<object> send = _ => SendTen(receiver);
        var sender = system.ActorOf(Props.Create(() => new Acting(send)), "sender");

        sender.Tell("go");
        scheduler.RunUntil(() => received.Count == 10, TimeSpan.FromSeconds(1)).Should().BeTrue();

        received.Should().Equal(Enumerable.Range(0, 10).Cast<object>());
        scheduler.Run(EndAsync(system), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_receiver_that_does_not_come_to_it_costs_the_sender_the_limit_of_virtual_time()
    {
        using var scheduler = new DeterministicScheduler(1);
        var system = SystemOf(scheduler);
        var receiver = system.ActorOf(Props.Create(() => new Waiting(scheduler.Time)).WithMailbox("wait"), "receiver");
        TimeSpan? took = null;
        Action<object> send = _ => took = Took(scheduler, () => SendTen(receiver));
        var sender = system.ActorOf(Props.Create(() => new Acting(send)), "sender");
        receiver.Tell("busy for a minute");
        scheduler.RunFor(TimeSpan.FromSeconds(1));

        sender.Tell("go");
        scheduler.RunUntil(() => took is not null, TimeSpan.FromMinutes(2)).Should().BeTrue();

        // Two have room, each of the others waits in vain.
        took.Should().Be(8 * Limit);
        scheduler.Run(EndAsync(system), TimeSpan.FromMinutes(2));
    }

    private static ActorSystem SystemOf(DeterministicScheduler scheduler) => ActorSystem.Create(
        "virtual",
        scheduler.Settings with
        {
            Mailboxes = new Dictionary<string, MailboxDefinition>
            {
                ["wait"] = new(2, OverflowPolicy.Wait) { WaitLimit = Limit },
            },
        });

    private static void SendTen(IActorRef receiver)
    {
        for (var i = 0; i < 10; i++)
        {
            receiver.Tell(i);
        }
    }

    private static TimeSpan Took(DeterministicScheduler scheduler, Action action)
    {
        var start = scheduler.Time.Elapsed;
        action();
        return scheduler.Time.Elapsed - start;
    }

    private static async Task<bool> EndAsync(ActorSystem system)
    {
        // Not on the context of the test, which another thread may run.
        await system.Terminate().ConfigureAwait(false);
        return true;
    }

    private sealed class Acting(Action<object> act) : UntypedActor
    {
        protected override void OnReceive(object message) => act(message);
    }

    private sealed class Waiting : ReceiveActor
    {
        public Waiting(TimeProvider clock) => ReceiveAnyAsync(_ => Task.Delay(TimeSpan.FromMinutes(1), clock));
    }
}
