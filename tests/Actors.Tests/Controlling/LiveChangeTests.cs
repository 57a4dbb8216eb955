using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Controlling;

/// <summary>What a person changes while a run goes on is in force from its event on, and in a replay as well.</summary>
public sealed class LiveChangeTests
{
    private static readonly PixelArea Region = new(3, 36, 3, 22);
    private static readonly PixelArea Hole = new(10, 16, 10, 16);

    [Fact]
    public async Task A_run_that_is_changed_in_every_way_comes_to_its_end_and_follows_again_from_its_journal()
    {
        await using var changed = new ChangedLaboratory();
        GridPoint wished = default;
        changed.BeforePoint[6] = () => changed.DoAsync(
            new ChangeScalarizer("maria", "iron", LaboratoryChoices.Keys("kind", "other")));
        changed.BeforePoint[8] = () => changed.DoAsync(
            new ChangeAcquisition("maria", "look", LaboratoryChoices.Keys("acquisition", "thompson")));
        changed.BeforePoint[10] = async () =>
        {
            await changed.DoAsync(new ChangeRegion("jan", "the grain", Region));
            await changed.DoAsync(new ExcludeArea("jan", "a hole", Hole));
        };
        changed.BeforePoint[12] = () =>
        {
            wished = changed.FreePlace();
            return changed.DoAsync(new ForcePoint("jan", "what is it?", wished));
        };
        changed.BeforePoint[14] = async () =>
        {
            Task paused = changed.DoAsync(new HardPause("maria", "smoke"));
            changed.Laboratory.Microscope.Beam.IsBlanked.Should().BeTrue("that waits for nobody");
            await paused;
            await changed.DoAsync(new AddNote("maria", "no smoke", null));
            await changed.DoAsync(new ResumeAll("maria", "steam"));
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        ExperimentState state = outcome.State;
        state.Run.Should().Be(RunState.Completed, outcome.Fault ?? state.EndReason);
        state.Measured.Should().Be(20);
        JournalEvent[] events = [.. changed.Events];
        events.OfType<ScalarizerChanged>().Should().ContainSingle().Which.By.Should().Be("maria");
        state.Points.Values.Where(point => point.Frame is not null).Should().OnlyContain(point => point.Scalar != null);
        events.SkipWhile(each => each is not ScalarizerChanged).OfType<PointScalarized>()
            .Select(scalarized => scalarized.Scalarizer).Should().OnlyContain(by => by == state.Scalarizer!.Identity)
            .And.HaveCount(20, "every frame has a scalar of the scalarizer in force");
        events.SkipWhile(each => each is not AcquisitionChanged).OfType<PointPlanned>()
            .Should().Contain(planned => planned.Basis.Reason == PlanningReason.Acquisition);
        events.SkipWhile(each => each is not RegionExcluded).OfType<PointPlanned>()
            .Where(planned => planned.Basis.Reason != PlanningReason.Forced).Should().NotBeEmpty()
            .And.OnlyContain(planned => Region.Contains(planned.Target) && !Hole.Contains(planned.Target));
        PointPlanned forced = events.OfType<PointPlanned>()
            .Single(planned => planned.Basis.Reason == PlanningReason.Forced);
        forced.Target.Should().Be(wished);
        state.Points[forced.Point].Stage.Should().Be(PointStage.Scalarized);
        events.OfType<RunPaused>().Should().ContainSingle().Which.Kind.Should().Be(PauseKind.Hard);
        state.Points.Values.Single(point => point.Id.Value == 14).Attempts.Should().Be(2, "it was measured again");
        await changed.RequireToFollowAgainAsync();
    }

    [Fact]
    public async Task Nothing_is_planned_until_all_scalars_are_there_again_and_a_model_of_them()
    {
        await using var changed = new ChangedLaboratory();
        changed.BeforePoint[9] = () => changed.DoAsync(
            new ChangeScalarizer("maria", "iron", LaboratoryChoices.Keys("kind", "other")));

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        JournalEvent[] after = [.. changed.Events.SkipWhile(each => each is not ScalarizerChanged)];
        JournalEvent[] before = [.. after.TakeWhile(each => each is not PointPlanned)];
        before.OfType<PointScalarized>().Should().HaveCountGreaterThanOrEqualTo(8);
        ModelTrained model = before.OfType<ModelTrained>().First();
        model.WarmStart.Should().Be(0);
        model.Version.Should().Be(
            1 + changed.Events.TakeWhile(each => each is not ScalarizerChanged).OfType<ModelTrained>().Count());
        after.OfType<PointPlanned>().Should().NotContain(
            planned => planned.Basis.Reason == PlanningReason.SpaceFilling);
    }

    [Theory]
    [InlineData("cross")]
    [InlineData("other")]
    public async Task A_process_that_dies_before_the_scalars_are_made_anew_leaves_a_run_that_goes_on_with_that(
        string kind)
    {
        await using var changed = new ChangedLaboratory();
        changed.Laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is PointScalarized scalarized && scalarized.Scalarizer
                != changed.Laboratory.Scalarizer.Identity
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        changed.BeforePoint[9] = () => changed.AskAsync(
            new ChangeScalarizer("maria", "iron", LaboratoryChoices.Keys("kind", kind)));
        await changed.RunAsync();
        changed.Laboratory.Diary.LiveState.Outdated.Should().NotBeEmpty("or nothing is left to be made anew");

        changed.BeforePoint.Clear();
        changed.Laboratory.Wrap = store => store;
        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        outcome.State.Measured.Should().Be(20);
        outcome.State.Outdated.Should().BeEmpty();
        await changed.RequireToFollowAgainAsync();
    }

    [Fact]
    public async Task A_scalarizer_of_another_stencil_measures_the_neighbours_of_new_points_and_makes_do_for_old_ones()
    {
        await using var changed = new ChangedLaboratory(9);
        changed.BeforePoint[6] = () => changed.DoAsync(
            new ChangeScalarizer("maria", "slopes", LaboratoryChoices.Keys("kind", "cross")));
        changed.BeforePoint[20] = () => changed.DoAsync(
            new ChangeScalarizer("maria", "back", LaboratoryChoices.Keys("kind", "own")));

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        outcome.State.Measured.Should().Be(14);
        changed.Events.OfType<NeighbourPlanned>().Should().NotBeEmpty();
        changed.Events.OfType<PointAbandoned>().Should().OnlyContain(
            abandoned => abandoned.Cause == AbandonCause.NotWanted);
        await changed.RequireToFollowAgainAsync();
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_the_reason_and_changes_nothing()
    {
        await using var changed = new ChangedLaboratory(3);
        var problems = new List<string?>();
        changed.BeforePoint[5] = async () =>
        {
            GridPoint measured = changed.Laboratory.Diary.LiveState.Points.Values.First().Target;
            foreach (RunControl control in (RunControl[])
            [
                new ChangeScalarizer("maria", "", LaboratoryChoices.Keys("kind", "none")),
                new ChangeScalarizer("maria", "", LaboratoryChoices.Keys("kind", "own")),
                new ChangeRegion("maria", "", new PixelArea(0, 2, 0, 2)),
                new ExcludeArea("maria", "", new PixelArea(5, 5, 1, 9)),
                new ForcePoint("maria", "", new GridPoint(0, 0)),
                new ForcePoint("maria", "", measured),
                new ResumeAll("maria", ""),
            ])
            {
                ControlAnswer answer = await changed.AskAsync(control);
                answer.Accepted.Should().BeFalse($"{control}");
                problems.Add(answer.Problem);
            }
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        problems.Should().HaveCount(7).And.OnlyHaveUniqueItems();
        problems[0].Should().Contain("no 'none'");
        problems[5].Should().StartWith("p1 was measured there");
        changed.Events.Where(each => each is ScalarizerChanged or RegionChanged or RegionExcluded or RunResumed
            or NoteAdded).Should().BeEmpty();
        (await changed.AskAsync(new AddNote("maria", "too late", null))).Accepted.Should().BeFalse();
    }
}
