using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Drifting;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Placing;

/// <summary>
/// A run that is taken up again asks where the stage is, and never measures as though it were where it is not.
/// </summary>
public sealed class TakenUpTests
{
    private static readonly StagePosition Elsewhere = StagePosition.OfNanometres(2000, 0);

    [Fact]
    public async Task A_process_that_dies_between_move_and_survey_leaves_a_stage_that_is_not_moved_again()
    {
        await using var placed = new PlacedLaboratory();
        await placed.DieBeforeAsync<SurveyIntended>();

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        placed.Stage.Moves.Should().ContainSingle();
        placed.Events[..3].Select(happened => happened.GetType()).Should().Equal(
            typeof(ExperimentContinued), typeof(StageConfirmed), typeof(SurveyIntended));
    }

    [Fact]
    public async Task A_move_that_never_became_durable_is_made_again()
    {
        await using var placed = new PlacedLaboratory();
        await placed.DieBeforeAsync<StageMoved>();

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        placed.Stage.Moves.Should().HaveCount(2, "a place is absolute");
        placed.Events.OfType<StageMoved>().Single().Found.Should().Be(PlacedLaboratory.Place);
    }

    [Fact]
    public async Task Somebody_who_moved_the_stage_before_the_image_only_has_it_moved_back()
    {
        await using var placed = new PlacedLaboratory();
        await placed.DieBeforeAsync<SurveyIntended>();
        placed.Stage.At = Elsewhere;

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        placed.Events.OfType<StageMoved>().Single().Found.Should().Be(Elsewhere);
        outcome.State.IsDisplaced.Should().BeFalse();
    }

    [Fact]
    public async Task A_stage_that_is_where_the_run_left_it_is_gone_on_with()
    {
        await using var placed = new PlacedLaboratory();
        await placed.DieBeforeAsync<FrameRecorded>(4);
        // Within the tolerance of where it was left, as an encoder is from one day to the next.
        placed.Stage.At = StagePosition.OfNanometres(1230, -400);

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        placed.Stage.Moves.Should().ContainSingle();
        placed.Events[1..3].OfType<StageConfirmed>().Should().ContainSingle();
        outcome.State.StageAt.Should().Be(PlacedLaboratory.Place, "or it could creep away tolerance by tolerance");
        placed.Stage.Watched!.Value.Place.Should().Be(PlacedLaboratory.Place);
    }

    [Fact]
    public async Task Without_looks_at_the_drift_a_stage_that_is_elsewhere_ends_the_run_and_is_left_alone()
    {
        await using var placed = new PlacedLaboratory();
        await placed.DieBeforeAsync<FrameRecorded>(4);
        placed.Stage.At = Elsewhere;
        double before = placed.Laboratory.Microscope.Beam.Delivered.TotalElectrons;

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain($"{Elsewhere}").And.Contain("drift.every");
        placed.Stage.Moves.Should().ContainSingle("the first");
        placed.Stage.At.Should().Be(Elsewhere);
        placed.Laboratory.Microscope.Beam.Delivered.TotalElectrons.Should().Be(before, "nothing was exposed");

        // A person has brought it back.
        placed.Stage.At = PlacedLaboratory.Place;
        ExperimentOutcome again = await placed.RunAsync();
        again.State.Run.Should().Be(RunState.Completed, again.State.EndReason);
    }

    [Fact]
    public async Task With_looks_it_is_moved_back_and_nothing_is_exposed_before_one_has_found_the_image_again()
    {
        await using var placed = new PlacedLaboratory(DriftingLaboratory.Settings);
        await placed.DieBeforeAsync<FrameRecorded>(4);
        placed.Stage.At = Elsewhere;
        int scans = 0;
        placed.Scope.OnSurvey = async survey => ++scans == 1 ? Noise(await survey()) : await survey();

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        placed.Stage.Moves.Should().HaveCount(2);
        JournalEvent[] events = placed.Events;
        int moved = Array.FindIndex(events, happened => happened is StageMoved);
        int rejected = Array.FindIndex(events, happened => happened is DriftCorrected { Rejected: not null });
        int found = Array.FindIndex(events, happened => happened is DriftCorrected { Rejected: null });
        int paused = Array.FindIndex(events, happened => happened is RunPaused { By: "drift" });
        int exposed = Array.FindIndex(events, happened => happened is ExposureIntended);
        new[] { moved, rejected, paused, found, exposed }.Should().BeInAscendingOrder(
            "go-on is for a sample that drifts, not for one that was taken away").And.OnlyHaveUniqueItems();
        moved.Should().BePositive();
    }

    [Fact]
    public async Task A_process_that_dies_before_that_look_leaves_a_run_that_still_wants_it()
    {
        await using var placed = new PlacedLaboratory(DriftingLaboratory.Settings);
        await placed.DieBeforeAsync<FrameRecorded>(4);
        placed.Stage.At = Elsewhere;
        await placed.DieBeforeAsync<SurveyIntended>();
        // Never again is the image found.
        placed.Scope.OnSurvey = async survey => Noise(await survey());

        ExperimentOutcome outcome = await placed.RunAsync();

        placed.Events.OfType<StageConfirmed>().Should().ContainSingle("it is at its place, and has been away");
        outcome.State.IsDisplaced.Should().BeTrue();
        outcome.State.Run.Should().Be(RunState.Interlocked);
        placed.Events.OfType<ExposureIntended>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_completed_run_is_shown_again_wherever_the_stage_is()
    {
        await using var placed = new PlacedLaboratory();
        await placed.RunAsync();
        placed.Stage.At = Elsewhere;

        ExperimentOutcome outcome = await placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        placed.Stage.Moves.Should().ContainSingle();
        placed.Events.Should().BeEmpty();
    }

    private static StructuralImage Noise(StructuralImage image)
    {
        var random = new Random(5);
        float[] values = [.. image.Values.ToArray().Select(_ => random.NextSingle())];
        return new StructuralImage(image.Channel, image.Shape, image.PixelSize, values);
    }
}
