using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class UnhandledMessages : ActorTest
{
    [Fact]
    public async Task A_message_that_no_handler_takes_is_published_with_sender_and_recipient()
    {
        var (asker, unhandled) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new OnlyText()));
        actor.Tell(42, asker.Ref);
        var message = await unhandled.ExpectAsync<UnhandledMessage>();
        (message.Message, message.Sender, message.Recipient).Should().Be((42, asker.Ref, actor));
    }

    [Fact]
    public async Task The_actor_goes_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new OnlyText()));
        actor.Tell(42);
        (await actor.Ask<string>("still there?", Patience)).Should().Be("still there?");
    }

    private sealed class OnlyText : ReceiveActor
    {
        public OnlyText() => Receive<string>(text => Sender.Tell(text));
    }
}
