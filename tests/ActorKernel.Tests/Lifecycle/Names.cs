using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class Names : ActorTest
{
    [Fact]
    public void A_path_names_system_guardian_and_actor() =>
        NewProbe("watcher").Ref.Path.ToString().Should().Be("akka://test/user/watcher");

    [Theory]
    [InlineData("")]
    [InlineData("$mine")]
    [InlineData("a/b")]
    [InlineData("größe")]
    [InlineData("two words")]
    public void Names_that_would_break_a_path_are_refused(string name) =>
        FluentActions.Invoking(() => NewProbe(name)).Should().Throw<InvalidActorNameException>();

    [Theory]
    [InlineData("experiment-7")]
    [InlineData("a_b.c*d$e+f:g@h&i=j,k!l~m';")]
    public void Ordinary_names_are_taken(string name) => NewProbe(name).Ref.Path.Name.Should().Be(name);

    [Fact]
    public void A_name_is_unique_among_siblings()
    {
        NewProbe("one");
        FluentActions.Invoking(() => NewProbe("one")).Should().Throw<InvalidActorNameException>()
            .WithMessage("*\"one\" is not unique*");
    }

    [Fact]
    public void Nameless_actors_are_numbered_in_letters()
    {
        var names = Enumerable.Range(0, 66).Select(_ => NewProbe().Ref.Path.Name).ToList();
        names.Take(3).Should().Equal("$a", "$b", "$c");
        names[63].Should().Be("$~");
        names[64].Should().Be("$ab");
        names.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_child_is_found_by_name_and_an_unknown_name_is_nobody()
    {
        var parent = Sys.ActorOf(Puppet.Props(NewProbe()));
        var child = await ChildOfAsync(parent, Puppet.Props(NewProbe()), "c");
        var found = await parent.Ask<(IActorRef, IActorRef, IActorRef)>(new Do(context => context.Sender.Tell(
            (context.Child("c"), context.Child("d"), context.Parent)))).WaitAsync(Patience);
        found.Item1.Should().Be(child);
        found.Item2.Should().Be(ActorRefs.Nobody);
        found.Item3.Path.Name.Should().Be("user");
    }

    [Fact]
    public void An_actor_cannot_be_constructed_with_new() =>
        FluentActions.Invoking(() => new Bare()).Should().Throw<ActorInitializationException>();

    private sealed class Bare : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
