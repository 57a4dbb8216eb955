using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Tests.Replaying;

/// <summary>A run follows again from its journal; what was altered does not, and is found where it stands.</summary>
public sealed class RunVerifierTests
{
    private const string OtherSet = "x64 4096-bit fused";

    [Fact]
    public async Task Everything_in_a_run_follows_again_bit_for_bit()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();

        VerificationReport report = await recorded.VerifyAsync();

        report.IsClean.Should().BeTrue(string.Join('\n', report.Divergences));
        report.NotDerivable.Should().Be(0);
        Counted<PointScalarized>(CheckedThing.Scalars);
        Counted<PointPlanned>(CheckedThing.Decisions);
        Counted<ModelTrained>(CheckedThing.Models);
        Counted<FrameRecorded>(CheckedThing.Patches);
        Counted<JournalEvent>(CheckedThing.Events);

        void Counted<T>(CheckedThing what) => report.Checks.Single(check => check.What == what).Same
            .Should().Be(recorded.Events.Count(stored => stored.Event is T));
    }

    [Fact]
    public async Task A_scalar_that_was_altered_is_named_with_its_event_and_point()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointScalarized>();
        var scalarized = (PointScalarized)stored.Event;
        double altered = Math.BitIncrement(scalarized.Scalar.Value);

        string journal = await recorded.CopyAsync(Altering(stored, scalarized with
        {
            Scalar = scalarized.Scalar with { Value = altered },
        }));

        Divergence first = await FirstAsync(recorded, journal);
        first.Should().Be(new Divergence(
            stored.Ordering,
            "point-scalarized",
            scalarized.Point,
            CheckedThing.Scalars,
            new Difference("value", Difference.Text(altered), Difference.Text(scalarized.Scalar.Value))));
    }

    [Fact]
    public async Task A_quality_that_was_altered_is_found_though_the_value_is_the_same()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointScalarized>();
        var scalarized = (PointScalarized)stored.Event;

        string journal = await recorded.CopyAsync(Altering(stored, scalarized with
        {
            Scalar = scalarized.Scalar with { Quality = ScalarQuality.Suspect },
        }));

        (await FirstAsync(recorded, journal)).Difference.Should().Be(new Difference("quality", "Suspect", "Good"));
    }

    [Theory]
    [InlineData("target")]
    [InlineData("score")]
    [InlineData("predictedMean")]
    [InlineData("predictedDeviation")]
    [InlineData("seed")]
    [InlineData("reason")]
    public async Task A_decision_that_was_altered_is_named_with_the_field(string field)
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointPlanned>(planned => planned.Basis.ModelVersion > 0);
        var planned = (PointPlanned)stored.Event;
        PlanningBasis basis = planned.Basis;
        GridPoint elsewhere = new(planned.Target.Row == 5 ? 6 : 5, 5);
        PointPlanned altered = field switch
        {
            "target" => planned with { Target = elsewhere },
            "score" => planned with { Basis = basis with { Score = Math.BitDecrement(basis.Score) } },
            "predictedMean" => planned with
            {
                Basis = basis with { PredictedMean = Math.BitIncrement(basis.PredictedMean) },
            },
            "predictedDeviation" => planned with
            {
                Basis = basis with { PredictedDeviation = Math.BitIncrement(basis.PredictedDeviation) },
            },
            "seed" => planned with { Basis = basis with { Seed = basis.Seed + 1 } },
            _ => planned with { Basis = basis with { Reason = PlanningReason.SpaceFilling } },
        };

        string journal = await recorded.CopyAsync(Altering(stored, altered));

        Divergence first = await FirstAsync(recorded, journal);
        (first.Ordering, first.Point, first.What).Should().Be(
            (stored.Ordering, (PointId?)planned.Point, CheckedThing.Decisions));
        first.Difference.Field.Should().Be(field);
        first.Difference.Found.Should().Be(field switch
        {
            "target" => $"{planned.Target}",
            "score" => Difference.Text(basis.Score),
            "predictedMean" => Difference.Text(basis.PredictedMean),
            "predictedDeviation" => Difference.Text(basis.PredictedDeviation),
            "seed" => $"{basis.Seed}",
            _ => $"{basis.Reason}",
        });
    }

    [Fact]
    public async Task A_decision_that_names_data_it_cannot_have_had_is_found()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointPlanned>();
        var planned = (PointPlanned)stored.Event;

        string journal = await recorded.CopyAsync(Altering(
            stored, planned with { Basis = planned.Basis with { Observations = 900 } }));

        Divergence first = await FirstAsync(recorded, journal);
        first.Ordering.Should().Be(stored.Ordering);
        first.Difference.Found.Should().Contain("900 observations are named");
    }

    [Fact]
    public async Task A_model_whose_state_was_exchanged_is_found()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<ModelTrained>();
        var model = (ModelTrained)stored.Event;
        var before = (ModelTrained)recorded.Last<ModelTrained>(other => other.Version < model.Version).Event;

        string journal = await recorded.CopyAsync(Altering(stored, model with { StateHash = before.StateHash }));

        (await FirstAsync(recorded, journal)).Should().Be(new Divergence(
            stored.Ordering,
            "model-trained",
            null,
            CheckedThing.Models,
            new Difference("stateHash", before.StateHash, model.StateHash)));
    }

    [Fact]
    public async Task A_patch_that_is_not_where_the_probe_was_is_found()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<FrameRecorded>();
        var frame = (FrameRecorded)stored.Event;
        GridPoint other = new(frame.Patch.Row == 7 ? 8 : 7, 9);

        string journal = await recorded.CopyAsync(Altering(stored, frame with { Patch = other }));

        Divergence first = await FirstAsync(recorded, journal);
        (first.Ordering, first.Point).Should().Be((stored.Ordering, (PointId?)frame.Point));
        first.Difference.Should().Be(new Difference("patch", $"{other}", $"{frame.Patch}"));
    }

    [Fact]
    public async Task Another_seed_or_recipe_than_the_run_was_started_with_is_found_at_the_first_event()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        recorded.Laboratory.Settings = recorded.Laboratory.Settings with { RecipeHash = new string('b', 64) };

        VerificationReport report = await recorded.VerifyAsync();

        report.Divergences[0].Ordering.Should().Be(1);
        report.Divergences[0].Difference.Field.Should().Be("recipeHash");
    }

    [Fact]
    public async Task On_another_instruction_set_models_are_used_as_stored_and_numbers_may_be_a_little_apart()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointPlanned>(planned => planned.Basis.ModelVersion > 0);
        var planned = (PointPlanned)stored.Event;
        double near = planned.Basis.PredictedMean * (1 + 1e-9);

        string journal = await recorded.CopyAsync(Altering(
            stored, planned with { Basis = planned.Basis with { PredictedMean = near } }));

        VerificationReport here = await recorded.VerifyAsync(journal);
        VerificationReport there = await recorded.VerifyAsync(journal, OtherSet);
        here.Diverged.Should().Be(1);
        there.IsClean.Should().BeTrue(string.Join('\n', there.Divergences));
        CheckCount decisions = there.Checks.Single(check => check.What == CheckedThing.Decisions);
        decisions.WithinTolerance.Should().Be(1);
        decisions.LargestDeviation.Should().BeInRange(double.Epsilon, Tolerance.OfPredictions);
        CheckCount models = there.Checks.Single(check => check.What == CheckedThing.Models);
        models.AsStored.Should().Be(models.Checked).And.BePositive();
        there.Notes.Should().Contain(note => note.Contains(OtherSet, StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_another_instruction_set_a_prediction_that_is_far_off_diverges_all_the_same()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        StoredEvent stored = recorded.Last<PointPlanned>(planned => planned.Basis.ModelVersion > 0);
        var planned = (PointPlanned)stored.Event;

        string journal = await recorded.CopyAsync(Altering(
            stored,
            planned with { Basis = planned.Basis with { PredictedDeviation = 2 * planned.Basis.PredictedDeviation } }));

        VerificationReport there = await recorded.VerifyAsync(journal, OtherSet);
        there.Diverged.Should().Be(1);
        there.Divergences[0].Ordering.Should().Be(stored.Ordering);
        there.Divergences[0].Difference.Field.Should().Be("predictedDeviation");
    }

    [Theory]
    [InlineData(1e-6, true)]
    [InlineData(1e-2, false)]
    public void Going_elsewhere_is_a_tie_only_where_both_places_score_the_same(double gap, bool isTie)
    {
        var basis = new PlanningBasis(PlanningReason.Acquisition, 1, 5, [], 7, 10, 2, 1);
        var decision = new RederivedDecision(new PointPlanned(new PointId(6), new(3, 3), basis, TimeSpan.Zero))
        {
            Target = new GridPoint(9, 9),
            Basis = basis with { Score = 10 + gap, PredictedMean = 3 },
            ScoreAtPlanned = 10,
            MeanAtPlanned = 2,
            DeviationAtPlanned = 1,
            ScoreSpread = 10,
        };

        Tolerance.Closeness closeness = Tolerance.Of(decision, scalarSpread: 4);

        closeness.IsTie.Should().Be(isTie);
        closeness.Beyond.Select(difference => difference.Field).Should().Equal(isTie ? [] : ["target"]);
    }

    [Fact]
    public async Task A_learner_that_is_another_now_is_no_divergence_but_beyond_this_software()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        recorded.Laboratory.CreateEngine = candidates => DklActors.Learning.Ensembles.LearnerPresets
            .Create("position").Change(Laboratory.Quick).CreateEngine(candidates);

        VerificationReport report = await recorded.VerifyAsync();

        report.Diverged.Should().Be(0);
        report.Checks.Single(check => check.What == CheckedThing.Models).NotDerivable.Should().BePositive();
        report.Checks.Single(check => check.What == CheckedThing.Decisions).NotDerivable.Should().BePositive();
        report.Notes.Should().Contain(note => note.StartsWith("The learning has changed", StringComparison.Ordinal));
    }

    private static Func<StoredEvent, JournalEvent> Altering(StoredEvent which, JournalEvent altered) =>
        stored => stored.Ordering == which.Ordering ? altered : stored.Event;

    private static async Task<Divergence> FirstAsync(RecordedLaboratory recorded, string journal)
    {
        VerificationReport report = await recorded.VerifyAsync(journal);
        report.Chain.IsIntact.Should().BeTrue(report.Chain.FirstFault);
        report.IsClean.Should().BeFalse();
        return report.Divergences[0];
    }
}
