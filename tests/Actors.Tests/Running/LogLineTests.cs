using System.Text.RegularExpressions;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Running;

public sealed partial class LogLineTests
{
    [Fact]
    public async Task Every_line_has_the_run_and_every_line_about_a_point_has_the_point()
    {
        await using Laboratory laboratory = WithFaults();
        await laboratory.RunAsync();

        laboratory.Diary.Lines.Should().HaveCountGreaterThan(100)
            .And.OnlyContain(line => Equals(line.Properties[RunLogLine.RunId], Laboratory.RunId));
        laboratory.Diary.Lines.Where(NamesAPoint).Should().NotBeEmpty()
            .And.OnlyContain(line => line.Properties.ContainsKey(RunLogLine.Point));
        laboratory.Diary.Lines.Where(line => line.Template.Contains("ttempt"))
            .Should().OnlyContain(line => line.Properties.ContainsKey("Attempt"));
        laboratory.Diary.Lines.Should().OnlyContain(line => line.Source.Length > 0);
    }

    [Fact]
    public async Task Nothing_is_logged_but_templates_whose_holes_are_all_filled()
    {
        await using Laboratory laboratory = WithFaults();
        await laboratory.RunAsync();

        foreach (RunLogLine line in laboratory.Diary.Lines)
        {
            Hole().Matches(line.Template).Select(hole => hole.Groups[1].Value)
                .Should().BeSubsetOf(line.Properties.Keys, line.Template);
        }

        // A text with values in it would be another template for each line.
        laboratory.Diary.Lines.Select(line => line.Template).Distinct().Should().HaveCountLessThan(40);
    }

    [Fact]
    public async Task At_debug_the_way_of_each_point_can_be_followed()
    {
        await using Laboratory laboratory = WithFaults();
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Points.Values.Count(point => point.Stage == PointStage.Scalarized).Should().BeGreaterThan(5);
        foreach (PointState point in outcome.State.Points.Values.Where(p => p.Stage == PointStage.Scalarized))
        {
            string way = string.Join('\n', LinesAbout(laboratory, point.Id).Select(line => line.Template));
            way.Should().MatchRegex(
                "(?s)planned.*is sent to.*is placed at.*intended at.*to be exposed.*read out in.*recorded for.*is \\{V",
                $"this is how {point.Id} went");
        }

        LinesAbout(laboratory, new PointId(3)).Select(line => line.Template).Should()
            .Contain(text => text.Contains("no frame")).And.Contain(text => text.Contains("due in"));
        LinesAbout(laboratory, new PointId(4)).Should().Contain(
            line => line.Level == RunLogLevel.Warning && line.Template.Contains("given up"));
    }

    [Fact]
    public async Task At_information_a_run_that_goes_well_tells_its_states_and_its_models_and_no_points()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync();

        laboratory.Diary.Lines.Should().NotContain(line => line.Level == RunLogLevel.Debug)
            .And.NotContain(line => line.Level >= RunLogLevel.Warning)
            .And.NotContain(line => line.Properties.ContainsKey(RunLogLine.Point));
        laboratory.Diary.Lines.Where(line => line.Template.StartsWith("The run is {State}", StringComparison.Ordinal))
            .Select(line => line.Properties["State"])
            .Should().Equal(RunState.Preparing, RunState.Running, RunState.Completed);
        laboratory.Diary.Lines
            .Where(line => line.Template.StartsWith("Model {Model} trained", StringComparison.Ordinal))
            .Select(line => line.Properties["Model"])
            .Should().Equal(Enumerable.Range(1, outcome.State.Model!.Version).Cast<object?>());
    }

    [Fact]
    public async Task A_worker_that_is_made_anew_is_told_with_the_point_it_was_at()
    {
        await using var laboratory = new Laboratory();
        PlanSettings plan = laboratory.Settings.Plan;
        laboratory.Settings = laboratory.Settings with
        {
            Plan = plan with { Acquisition = new FailingOnce(plan.Acquisition) },
        };
        await laboratory.RunPlannedByModelAsync();

        laboratory.Diary.Lines.Where(line => Equals(line.Properties.GetValueOrDefault("Worker"), "planner"))
            .Should().ContainSingle().Which.Properties[RunLogLine.Point].Should().BeOfType<PointId>();
    }

    [Fact]
    public async Task Holds_and_releases_are_told_with_who_holds()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<FrameRecorded>(frame =>
            {
                if (frame.Point.Value == 4)
                {
                    runner.Pause("maria", "look");
                }
            });
            laboratory.Diary.After<RunPaused>(_ => runner.Resume("maria", "seen"));
        });

        laboratory.Diary.Lines.Where(line => Equals(line.Properties.GetValueOrDefault("By"), "maria"))
            .Select(line => (line.Level, line.Properties["Reason"]))
            .Should().Equal((RunLogLevel.Warning, "look"), (RunLogLevel.Information, "seen"));
    }

    [Fact]
    public async Task A_log_that_throws_costs_the_run_nothing()
    {
        await using var laboratory = new Laboratory();
        laboratory.Log = _ => throw new IOException("no space left");
        ExperimentOutcome outcome = await laboratory.RunAsync();
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
    }

    [Fact]
    public async Task A_message_about_a_point_that_reaches_nobody_is_told_with_the_point()
    {
        var told = new TaskCompletionSource<RunLogLine>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var system = ActorSystem.Create("dead");
        RunLog note = told.SetResult;
        RunLog deaf = _ => { };
        IActorRef log = system.ActorOf(Props.Create(() => new LogActor(note, "run", TimeProvider.System)));
        LogActor.Subscribe(system, log);
        IActorRef gone = system.ActorOf(Props.Create(() => new LogActor(deaf, "run", TimeProvider.System)), "gone");
        await gone.GracefulStop(TimeSpan.FromSeconds(20));
        gone.Tell(new RetryPoint(new PointId(7)));

        RunLogLine line = await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        line.Properties[RunLogLine.Point].Should().Be(new PointId(7));
        line.Properties["Message"].Should().Be(nameof(RetryPoint));
        line.Properties["Recipient"].Should().Be("/user/gone");
        line.Properties[RunLogLine.RunId].Should().Be("run");
        await system.Terminate();
    }

    /// <summary>Point 3 fails once, point 4 for good, and a pixel's dose limit vetoes none or some.</summary>
    private static Laboratory WithFaults()
    {
        var laboratory = new Laboratory { LogLevel = RunLogLevel.Debug };
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease switch
            {
                { Point.Value: 3, Attempt: 1 } => throw new InstrumentException(FaultClass.Transient, "glitch"),
                { Point.Value: 4 } => throw new InstrumentException(FaultClass.Permanent, "shutter"),
                _ => expose(),
            },
        };
        // Enough for some points, so that the interlock ends the run at one.
        laboratory.Settings = laboratory.Settings with
        {
            Limits = new DoseLimits(
                null, 11 * laboratory.Microscope.BeamCurrent.ElectronsDuring(TimeSpan.FromSeconds(5)), null),
        };
        return laboratory;
    }

    private static IEnumerable<RunLogLine> LinesAbout(Laboratory laboratory, PointId point) =>
        laboratory.Diary.Lines.Where(line => Equals(line.Properties.GetValueOrDefault(RunLogLine.Point), point));

    private static bool NamesAPoint(RunLogLine line) =>
        PointName().IsMatch($"{line.Template} {string.Join(' ', line.Properties.Values)} {line.Cause?.Message}");

    [GeneratedRegex(@"\bp\d+\b")]
    private static partial Regex PointName();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Hole();
}
