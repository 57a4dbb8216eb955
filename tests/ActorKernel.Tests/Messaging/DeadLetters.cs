using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class DeadLetters : ActorTest
{
    [Fact]
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter_with_sender_and_recipient()
    {
        var (events, letters, actor) = await StoppedAsync();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        actor.Tell("hello", events.Ref);
        var letter = await letters.ExpectAsync<DeadLetter>();
        (letter.Message, letter.Sender, letter.Recipient).Should().Be(("hello", events.Ref, actor));
    }

    [Fact]
    public async Task A_message_to_the_dead_letters_is_one()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Sys.DeadLetters.Tell("hello", events.Ref);
        var letter = await letters.ExpectAsync<DeadLetter>();
        (letter.Message, letter.Sender, letter.Recipient).Should().Be(("hello", events.Ref, Sys.DeadLetters));
    }

    [Fact]
    public async Task A_poison_pill_to_a_stopped_actor_is_suppressed_and_a_kill_is_not()
    {
        var (_, letters, actor) = await StoppedAsync();
        Sys.EventStream.Subscribe(letters.Ref, typeof(AllDeadLetters));
        actor.Tell(PoisonPill.Instance);
        (await letters.ExpectAsync<SuppressedDeadLetter>()).Message.Should().Be(PoisonPill.Instance);
        actor.Tell(Kill.Instance);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be(Kill.Instance);
    }

    [Fact]
    public async Task A_message_whose_loss_is_expected_is_suppressed()
    {
        var (_, letters, actor) = await StoppedAsync();
        Sys.EventStream.Subscribe(letters.Ref, typeof(AllDeadLetters));
        actor.Tell(new Whisper());
        await letters.ExpectAsync<SuppressedDeadLetter>();
    }

    [Fact]
    public async Task A_dead_letter_that_its_subscriber_cannot_take_is_forgotten()
    {
        var (_, letters, actor) = await StoppedAsync();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        actor.Tell(new DeadLetter("hello", letters.Ref, letters.Ref));
        await letters.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task Without_a_sender_replies_go_to_the_dead_letters()
    {
        var probe = NewProbe();
        probe.Ref.Tell("hello");
        await probe.ExpectAsync("hello");
        probe.LastSender.Should().Be(Sys.DeadLetters);
    }

    private async Task<(Probe Events, Probe Letters, IActorRef Actor)> StoppedAsync()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
        return (events, NewProbe(), actor);
    }

    private sealed record Whisper : IDeadLetterSuppression;
}
