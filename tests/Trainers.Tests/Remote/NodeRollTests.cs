using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Trainers.Tests.Remote;

public sealed class NodeRollTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly NodeRoll _roll;

    public NodeRollTests() => _roll = new NodeRoll(_time);

    [Fact]
    public void A_node_is_there_until_it_misses_three_beats()
    {
        _roll.Hear(Beat("a", 1));

        _time.Advance(TimeSpan.FromSeconds(6));
        _roll.Views.Single().Standing.Should().Be(NodeStanding.There);
        _time.Advance(TimeSpan.FromSeconds(1));
        _roll.Views.Single().Standing.Should().Be(NodeStanding.Silent);
        _roll.Hear(Beat("a", 2)).Should().BeTrue();
        _roll.Views.Single().Standing.Should().Be(NodeStanding.There);
    }

    [Fact]
    public void One_that_is_gone_is_known_for_ten_minutes()
    {
        _roll.Hear(Beat("a", 1) with { Leaving = true });

        _time.Advance(TimeSpan.FromMinutes(9));
        _roll.Views.Single().Standing.Should().Be(NodeStanding.Left);
        _time.Advance(TimeSpan.FromMinutes(2));
        _roll.Views.Should().BeEmpty();
    }

    [Fact]
    public void An_old_beat_that_comes_again_says_nothing()
    {
        _roll.Hear(Beat("a", 5) with { Leaving = true });

        _roll.Hear(Beat("a", 4)).Should().BeFalse();
        _roll.Hear(Beat("a", 5)).Should().BeFalse();

        _roll.Views.Single().Standing.Should().Be(NodeStanding.Left);
    }

    [Fact]
    public void A_node_that_was_started_again_takes_the_place_of_the_one_that_fell_silent()
    {
        _roll.Hear(Beat("a", 9));
        _time.Advance(TimeSpan.FromSeconds(7));

        _roll.Hear(Beat("a", 1, instance: 2));

        _roll.Views.Single().Standing.Should().Be(NodeStanding.There);
    }

    [Fact]
    public void The_newest_beat_comes_first_and_only_those_that_fit_count()
    {
        _roll.Hear(Beat("a", 1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _roll.Hear(Beat("b", 1, instance: 2) with { Software = "dkl 2" });

        _roll.Views.Select(view => view.Name).Should().Equal("b", "a");
        _roll.HasFitting("dkl 2", except: null).Should().BeTrue();
        _roll.HasFitting("dkl 2", except: "b").Should().BeFalse();
        _roll.HasFitting("dkl 3", except: null).Should().BeFalse();
        _roll.Describe("dkl 3").Should().Be("none of the 2 nodes runs dkl 3, but dkl 1, dkl 2");
    }

    private static NodeBeat Beat(string name, long sequence, int instance = 1) => new(
        name, new Guid(instance, 0, 0, new byte[8]), "cpu", 1, [], "dkl 1", "managed/1", TrainerProtocol.Version,
        sequence, Leaving: false);
}
