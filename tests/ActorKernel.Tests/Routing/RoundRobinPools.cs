using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Routing;

public sealed class RoundRobinPools : ActorTest
{
    [Fact]
    public async Task Each_routee_gets_a_message_in_its_turn()
    {
        var pool = Pool(3);
        var answers = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await pool.Ask<string>("who").WaitAsync(Patience));
        }

        answers.Should().Equal("pool/$a", "pool/$b", "pool/$c", "pool/$a", "pool/$b", "pool/$c");
    }

    [Fact]
    public async Task Props_with_a_router_make_one_too()
    {
        var pool = Sys.ActorOf(Props.Create(() => new Worker()).WithRouter(new RoundRobinPool(2)), "pool");
        (await RouteesAsync(pool)).Should().HaveCount(2);
    }

    [Fact]
    public async Task The_sender_passes_through()
    {
        var asker = NewProbe();
        Pool(2).Tell("sender", asker.Ref);
        await asker.ExpectAsync(asker.Ref);
    }

    [Fact]
    public async Task A_broadcast_reaches_every_routee()
    {
        var asker = NewProbe();
        Pool(3).Tell(new Broadcast("who"), asker.Ref);
        var answers = new[] { await asker.NextAsync(), await asker.NextAsync(), await asker.NextAsync() };
        answers.Should().BeEquivalentTo(["pool/$a", "pool/$b", "pool/$c"]);
    }

    [Fact]
    public async Task A_routee_that_fails_is_restarted_and_stays()
    {
        var pool = Pool(2);
        var routees = await RouteesAsync(pool);
        routees[0].Tell("remember");
        (await routees[0].Ask<bool>("remembers?").WaitAsync(Patience)).Should().BeTrue();
        routees[0].Tell(Boom());
        (await routees[0].Ask<bool>("remembers?").WaitAsync(Patience)).Should().BeFalse();
        (await RouteesAsync(pool)).Should().BeEquivalentTo(routees);
    }

    [Fact]
    public async Task The_pool_can_supervise_otherwise()
    {
        var events = NewProbe();
        var pool = Sys.ActorOf(new RoundRobinPool(2)
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop))
            .Props(Props.Create(() => new Worker())));
        var routees = await RouteesAsync(pool);
        await events.WatchAsync(routees[1]);
        routees[1].Tell(Boom());
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(routees[1]);
    }

    [Fact]
    public async Task A_routee_that_stops_leaves_the_pool()
    {
        var pool = Pool(2);
        var routees = await RouteesAsync(pool);
        Sys.Stop(routees[0]);
        while ((await RouteesAsync(pool)).Count > 1)
        {
            await Task.Yield();
        }

        var last = $"pool/{routees[1].Path.Name}";
        (await pool.Ask<string>("who").WaitAsync(Patience)).Should().Be(last);
        (await pool.Ask<string>("who").WaitAsync(Patience)).Should().Be(last);
    }

    [Fact]
    public async Task The_router_stops_with_its_last_routee()
    {
        var events = NewProbe();
        var pool = Pool(3);
        await events.WatchAsync(pool);
        pool.Tell(new Broadcast(PoisonPill.Instance));
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(pool);
    }

    [Fact]
    public async Task A_poison_pill_ends_the_router_and_its_routees()
    {
        var events = NewProbe();
        var pool = Pool(1);
        var routee = (await RouteesAsync(pool))[0];
        await events.WatchAsync(routee);
        await events.WatchAsync(pool);
        pool.Tell(PoisonPill.Instance);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(routee);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(pool);
    }

    [Fact]
    public async Task A_message_to_a_pool_that_has_ended_is_a_dead_letter()
    {
        var letters = NewProbe();
        var pool = Pool(2);
        (await pool.GracefulStop(Patience)).Should().BeTrue();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        pool.Tell("too late");
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("too late");
    }

    private static async Task<List<IActorRef>> RouteesAsync(IActorRef pool)
    {
        var routees = await pool.Ask<Routees>(new GetRoutees()).WaitAsync(Patience);
        return [.. routees.Members.Cast<ActorRefRoutee>().Select(routee => routee.Actor).OrderBy(a => a.Path.Name)];
    }

    private IActorRef Pool(int routees) =>
        Sys.ActorOf(new RoundRobinPool(routees).Props(Props.Create(() => new Worker())), "pool");

    private sealed class Worker : UntypedActor
    {
        private bool _remembers;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "who":
                    Sender.Tell($"{Context.Parent.Path.Name}/{Self.Path.Name}");
                    break;
                case "sender":
                    Sender.Tell(Sender);
                    break;
                case "remember":
                    _remembers = true;
                    break;
                case "remembers?":
                    Sender.Tell(_remembers);
                    break;
                case Exception failure:
                    throw failure;
            }
        }
    }
}
