using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.DeathWatch;

public sealed class WatchingWithMessages : ActorTest
{
    [Fact]
    public async Task The_message_given_arrives_in_place_of_Terminated()
    {
        var (events, other) = (NewProbe(), NewProbe());
        events.Ref.Tell(new Do(context => context.WatchWith(other.Ref, "it is gone")));
        other.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync("it is gone");
        events.LastSender.Should().Be(other.Ref);
    }

    [Fact]
    public async Task It_arrives_for_an_actor_that_is_already_dead()
    {
        var (events, other) = (NewProbe(), NewProbe());
        await events.WatchAsync(other.Ref);
        other.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync<Terminated>();
        events.Ref.Tell(new Do(context => context.WatchWith(other.Ref, "it is gone")));
        await events.ExpectAsync("it is gone");
    }

    [Fact]
    public async Task The_first_watch_counts()
    {
        var (events, one, two) = (NewProbe(), NewProbe(), NewProbe());
        events.Ref.Tell(new Do(context =>
        {
            context.Watch(one.Ref);
            context.WatchWith(one.Ref, "unheard");
            context.WatchWith(two.Ref, "two is gone");
            context.WatchWith(two.Ref, "unheard");
        }));
        one.Ref.Tell(PoisonPill.Instance);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(one.Ref);
        two.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync("two is gone");
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task After_unwatch_another_message_can_be_asked_for()
    {
        var (events, other) = (NewProbe(), NewProbe());
        events.Ref.Tell(new Do(context =>
        {
            context.WatchWith(other.Ref, "unheard");
            context.Unwatch(other.Ref);
            context.WatchWith(other.Ref, "it is gone");
        }));
        other.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync("it is gone");
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task An_unhandled_one_is_no_death_pact()
    {
        var (events, other, unhandled) = (NewProbe(), NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Deaf()));
        await events.WatchAsync(actor);
        actor.Tell(new Do(context => context.WatchWith(other.Ref, "it is gone")));
        other.Ref.Tell(PoisonPill.Instance);
        (await unhandled.ExpectAsync<UnhandledMessage>()).Message.Should().Be("it is gone");
        await events.ExpectNothingBeforeMarkerAsync();
    }

    private sealed class Deaf : ReceiveActor
    {
        public Deaf() => Receive<Do>(order => order.Act(Context));
    }
}
