using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Handlers;

public sealed class Behaviours : ActorTest
{
    [Fact]
    public async Task The_first_handler_that_matches_takes_the_message()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Sorting(events.Ref)));
        actor.Tell(1);
        actor.Tell(-1);
        actor.Tell(0);
        actor.Tell("text");
        actor.Tell(1.5);
        await events.ExpectAsync("positive", "negative", "an int", "short text", "anything");
    }

    [Fact]
    public async Task Become_replaces_and_unbecome_goes_back()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Lamp(events.Ref)));
        foreach (var message in new[] { "say", "on", "say", "dim", "say", "back", "say", "off", "say" })
        {
            actor.Tell(message);
        }

        await events.ExpectAsync("off", "on", "dimmed", "on", "off");
    }

    [Fact]
    public async Task A_restart_goes_back_to_the_first_behaviour()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Lamp(events.Ref)));
        foreach (var message in new[] { "on", "say", "fail", "say" })
        {
            actor.Tell(message);
        }

        await events.ExpectAsync("on", "off");
    }

    [Fact]
    public async Task A_handler_after_one_that_catches_all_is_an_error()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Unreachable()));
        await events.WatchAsync(actor);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task What_a_constructor_stacks_lies_on_the_first_behaviour()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Stacking(events.Ref)));
        actor.Tell("one");
        actor.Tell("two");
        actor.Tell("three");
        await events.ExpectAsync("stacked one", "first two", "first three");
    }

    private sealed class Stacking : UntypedActor
    {
        private readonly IActorRef _events;

        public Stacking(IActorRef events)
        {
            _events = events;
            BecomeStacked(message =>
            {
                _events.Tell($"stacked {message}");
                UnbecomeStacked();
                UnbecomeStacked();
            });
        }

        protected override void OnReceive(object message) => _events.Tell($"first {message}");
    }

    private sealed class Sorting : ReceiveActor
    {
        public Sorting(IActorRef events)
        {
            Receive<int>(n => n > 0, _ => events.Tell("positive"));
            Receive<int>(n =>
            {
                if (n == 0)
                {
                    return false;
                }

                events.Tell("negative");
                return true;
            });
            Receive<int>(_ => events.Tell("an int"));
            Receive<string>(_ => events.Tell("short text"), text => text.Length < 10);
            ReceiveAny(_ => events.Tell("anything"));
        }
    }

    private sealed class Lamp : ReceiveActor
    {
        private readonly IActorRef _events;

        public Lamp(IActorRef events)
        {
            _events = events;
            Become(Off);
        }

        private void Off()
        {
            Says("off");
            Receive<string>(message => message == "on", _ => Become(On));
        }

        private void On()
        {
            Says("on");
            Receive<string>(message => message == "dim", _ => BecomeStacked(Dimmed));
            Receive<string>(message => message == "off", _ => Become(Off));
            Receive<string>(message => message == "fail", _ => throw Boom());
        }

        private void Dimmed()
        {
            Says("dimmed");
            Receive<string>(message => message == "back", _ => UnbecomeStacked());
        }

        private void Says(string state) => Receive<string>(message => message == "say", _ => _events.Tell(state));
    }

    private sealed class Unreachable : ReceiveActor
    {
        public Unreachable()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }
}
