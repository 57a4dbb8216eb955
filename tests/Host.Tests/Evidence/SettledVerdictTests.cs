using DklActors.Host.Evidence;
using DklActors.Messages.Models;

namespace DklActors.Host.Tests.Evidence;

public sealed class SettledVerdictTests
{
    private static readonly StructureEvidence Helps = new(-1.0, -1.5, -2.0, 0.1, 0.1);
    private static readonly StructureEvidence PositionSuffices = new(-1.5, -1.5, -2.0, 0.1, 0.1);
    private static readonly StructureEvidence NothingPredicts = new(-2.1, -2.05, -2.0, 0.1, 0.1);
    private static readonly StructureEvidence Undecided = new(-1.35, -1.5, -2.0, 0.1, 0.1);

    private readonly SettledVerdict _verdict = new();

    [Fact]
    public void Evidence_is_told_once_five_models_in_a_row_agree_on_what_it_means()
    {
        Note(Helps, 4);
        _verdict.Evidence.Should().BeNull();
        Note(Helps with { Structure = -0.9 }, 1);
        _verdict.Evidence!.Structure.Should().Be(-0.9);
        Note(Helps, 20);
        _verdict.Evidence!.Structure.Should().Be(-0.9, "a verdict is told when it settles, not at every model");
    }

    [Fact]
    public void A_verdict_that_flickers_is_not_told()
    {
        for (int i = 0; i < 10; i++)
        {
            Note(Helps, 4);
            Note(Undecided, 1);
        }

        _verdict.Evidence.Should().BeNull();
    }

    [Fact]
    public void A_change_is_told_when_it_has_settled_and_a_short_lapse_is_not()
    {
        Note(Helps, 5);
        Note(PositionSuffices, 3);
        Note(Helps, 1);
        Note(PositionSuffices, 4);
        _verdict.Evidence.Should().Be(Helps);
        Note(PositionSuffices, 1);
        _verdict.Evidence.Should().Be(PositionSuffices);
    }

    [Fact]
    public void That_nothing_is_clear_is_told_only_where_something_was()
    {
        Note(Undecided, 10);
        _verdict.Evidence.Should().BeNull();
        Note(NothingPredicts, 5);
        Note(Undecided, 5);
        _verdict.Evidence.Should().Be(Undecided);
    }

    [Fact]
    public void A_model_that_does_not_look_into_it_changes_nothing()
    {
        Note(Helps, 4);
        _verdict.Note(null);
        Note(Helps, 1);
        _verdict.Evidence.Should().Be(Helps);
    }

    [Fact]
    public void The_words_tell_each_verdict_apart_with_its_numbers()
    {
        StructureWords.Of(Helps).Should().Be(
            "structure helps: it predicts the scalar better than position alone (leave-one-out, +0.50 ± 0.10 nats a "
            + "point)");
        StructureWords.Of(PositionSuffices).Should().StartWith("structure does not help here: position alone predicts");
        StructureWords.Of(NothingPredicts).Should().StartWith("nothing predicts the scalar yet");
        StructureWords.Of(Undecided).Should().StartWith("it is not clear whether structure helps").And.Contain("+0.15");
        StructureWords.Of(PositionSuffices with { Structure = -1.6 }).Should().Contain("−0.10 ± 0.10");
    }

    private void Note(StructureEvidence evidence, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _verdict.Note(evidence);
        }
    }
}
