using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Tests.Replaying;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Support.Scalarizers;

namespace DklActors.Actors.Tests.Planning;

/// <summary>Whole runs whose seeds a model chooses: one that was never trained, or that of another run.</summary>
public sealed class ModelSeedsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_seed_follows_again_from_the_journal_alone(bool transferred)
    {
        await using RecordedLaboratory recorded = await RunAsync(transferred);

        VerificationReport report = await recorded.VerifyAsync();

        report.IsClean.Should().BeTrue(string.Join('\n', report.Divergences));
        PointPlanned[] planned = Planned(recorded.Events);
        report.Checks.Single(check => check.What == CheckedThing.Decisions).Same.Should().Be(planned.Length);
        planned.Take(5).Should().OnlyContain(point => point.Basis.Reason == PlanningReason.Seed
            && point.Basis.Score > 0);
        planned.Skip(5).Should().OnlyContain(point => point.Basis.Reason != PlanningReason.Seed);
        planned[^1].Basis.Reason.Should().Be(PlanningReason.Acquisition);
        recorded.Events.Count(stored => stored.Event is ModelTransferred).Should().Be(transferred ? 1 : 0);
    }

    [Fact]
    public async Task What_another_run_has_learned_of_structure_chooses_otherwise_than_nothing_learned()
    {
        await using RecordedLaboratory without = await RunAsync(transferred: false);
        await using RecordedLaboratory with = await RunAsync(transferred: true);

        SeedsOf(with.Events).Should().NotEqual(SeedsOf(without.Events));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_seed_that_was_altered_is_named_with_its_event_and_point(bool transferred)
    {
        await using RecordedLaboratory recorded = await RunAsync(transferred);
        StoredEvent stored = recorded.Events.First(each => each.Event is PointPlanned { Point.Value: 2 });
        var planned = (PointPlanned)stored.Event;
        GridPoint beside = new(planned.Target.Row, planned.Target.Column + (planned.Target.Column < 20 ? 1 : -1));

        string journal = await recorded.CopyAsync(each =>
            each.Ordering == stored.Ordering ? planned with { Target = beside } : each.Event);

        VerificationReport report = await recorded.VerifyAsync(journal);
        report.Chain.IsIntact.Should().BeTrue(report.Chain.FirstFault);
        report.Divergences[0].Should().Be(new Divergence(
            stored.Ordering,
            "point-planned",
            planned.Point,
            CheckedThing.Decisions,
            new Difference("target", $"{beside}", $"{planned.Target}")));
    }

    [Fact]
    public async Task A_seed_where_nothing_can_be_measured_is_found_and_the_next_ones_are_still_derived()
    {
        await using RecordedLaboratory recorded = await RunAsync(transferred: false);
        StoredEvent stored = recorded.Events.First(each => each.Event is PointPlanned { Point.Value: 2 });
        var planned = (PointPlanned)stored.Event;

        string journal = await recorded.CopyAsync(each =>
            each.Ordering == stored.Ordering ? planned with { Target = new GridPoint(0, 0) } : each.Event);

        VerificationReport report = await recorded.VerifyAsync(journal);
        report.Divergences[0].Difference.Should().Be(new Difference("target", "(0, 0)", $"{planned.Target}"));
        report.Checks.Single(check => check.What == CheckedThing.Decisions).Checked
            .Should().Be(Planned(recorded.Events).Length);
    }

    [Fact]
    public async Task A_score_that_was_altered_is_found_and_one_of_another_processor_may_be_a_little_apart()
    {
        await using RecordedLaboratory recorded = await RunAsync(transferred: false);
        StoredEvent stored = recorded.Events.First(each => each.Event is PointPlanned { Point.Value: 3 });
        var planned = (PointPlanned)stored.Event;

        string near = await Altered(1 + 1e-9), far = await Altered(1.1);

        (await recorded.VerifyAsync(near)).Divergences[0].Difference.Field.Should().Be("score");
        (await recorded.VerifyAsync(near, OtherSet)).IsClean.Should().BeTrue();
        (await recorded.VerifyAsync(far, OtherSet)).Divergences[0].Difference.Field.Should().Be("score");

        Task<string> Altered(double factor) => recorded.CopyAsync(each => each.Ordering == stored.Ordering
            ? planned with { Basis = planned.Basis with { Score = factor * planned.Basis.Score } }
            : each.Event);
    }

    [Fact]
    public async Task A_model_that_was_exchanged_does_not_choose_the_same_seeds()
    {
        await using RecordedLaboratory recorded = await RunAsync(transferred: true);
        var other = (ModelTrained)recorded.Last<ModelTrained>().Event;

        string journal = await recorded.CopyAsync(each => each.Event switch
        {
            ModelTransferred transferred => transferred with { StateHash = other.StateHash },
            ModelTrained { Transferred: not null } first => first with { Transferred = other.StateHash },
            _ => each.Event,
        });

        (await recorded.VerifyAsync(journal)).Divergences[0].Difference.Field.Should().BeOneOf("target", "score");
    }

    [Fact]
    public async Task Neighbours_that_a_scalarizer_needs_are_no_seeds()
    {
        await using RecordedLaboratory recorded =
            await RunAsync(transferred: false, laboratory => laboratory.Scalarizer = new CrossDifference());

        (await recorded.VerifyAsync()).IsClean.Should().BeTrue();
        Planned(recorded.Events).Count(point => point.Basis.Reason == PlanningReason.Seed).Should().Be(5);
        recorded.Events.Should().Contain(stored => stored.Event is NeighbourPlanned);
    }

    private const string OtherSet = "another instruction set";

    private static async Task<RecordedLaboratory> RunAsync(bool transferred, Action<Laboratory>? prepare = null)
    {
        TransferredModel? other = transferred ? await ElsewhereAsync() : null;
        return await RecordedLaboratory.RunAsync(laboratory =>
        {
            laboratory.Settings = laboratory.Settings with
            {
                Plan = laboratory.Settings.Plan with { SeedDesign = SeedDesignKind.Model },
                Transfer = other,
            };
            prepare?.Invoke(laboratory);
        });
    }

    /// <summary>The last model of a run of its own.</summary>
    internal static async Task<TransferredModel> ElsewhereAsync()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync();
        await using Journal.Sqlite.SqliteEventStore store = laboratory.OpenStore();
        ModelTrained last = store.Read(Laboratory.RunId).Select(stored => stored.Event).OfType<ModelTrained>().Last();
        return new TransferredModel(
            new ModelState(last.Engine, ModelState.Foreign, store.ReadContent(ContentHash.Parse(last.StateHash))),
            "elsewhere", last.Version, last.Observations);
    }

    private static PointPlanned[] Planned(ImmutableArray<StoredEvent> events) =>
        [.. events.Select(static stored => stored.Event).OfType<PointPlanned>()];

    private static IEnumerable<GridPoint> SeedsOf(ImmutableArray<StoredEvent> events) => Planned(events)
        .Where(static point => point.Basis.Reason == PlanningReason.Seed).Select(static point => point.Target);
}
