using System.Collections.Concurrent;
using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Sqlite;
using DklActors.Learning.Linear;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Controlling;

/// <summary>A laboratory in which a person does something while a point is about to be exposed.</summary>
internal sealed class ChangedLaboratory : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _failures = new();
    private ExperimentRunner? _runner;

    public ChangedLaboratory(int measurements = 15)
    {
        Choices = new LaboratoryChoices(Laboratory);
        Laboratory.Choices = Choices;
        Laboratory.Settings = Laboratory.Settings with
        {
            Provenance = Laboratory.Settings.Provenance with { InstructionSet = InstructionSet.Current },
            Plan = Laboratory.Settings.Plan with { Measurements = measurements },
        };
        Scope = new FaultyMicroscope(Laboratory.Microscope)
        {
            OnExpose = async (lease, expose) =>
            {
                if (lease.Attempt == 1 && BeforePoint.TryGetValue(lease.Point.Value, out Func<Task>? act))
                {
                    try
                    {
                        await act();
                    }
                    catch (Exception exception)
                    {
                        // The run would take it for a detector's fault.
                        _failures.Enqueue(exception.Message);
                    }
                }

                await expose();
            },
        };
        Laboratory.Scope = Scope;
    }

    public Laboratory Laboratory { get; } = new();

    public LaboratoryChoices Choices { get; }

    public FaultyMicroscope Scope { get; }

    /// <summary>What happens while the beam is on for the first exposure of a point.</summary>
    public ConcurrentDictionary<int, Func<Task>> BeforePoint { get; } = new();

    public ExperimentRunner Runner => _runner!;

    public ImmutableArray<JournalEvent> Events => [.. Laboratory.Diary.Events.Select(stored => stored.Event)];

    public Task<ControlAnswer> AskAsync(RunControl control) => Runner.AskAsync(control, CancellationToken.None);

    /// <summary>Asks and requires that it is done.</summary>
    public async Task DoAsync(RunControl control)
    {
        ControlAnswer answer = await AskAsync(control);
        answer.Accepted.Should().BeTrue($"{control}: {answer.Problem}");
        answer.Sequence.Should().NotBeNull();
    }

    /// <summary>The first candidate at which nothing was planned.</summary>
    public GridPoint FreePlace() => Enumerable.Range(0, Laboratory.Diary.Candidates!.Count)
        .Select(Laboratory.Diary.Candidates.PointAt)
        .First(place => Laboratory.Diary.LiveState.Points.Values.All(point => point.Target != place));

    /// <summary>Runs, and requires that everything the person did came off.</summary>
    public async Task<ExperimentOutcome> RunAsync()
    {
        ExperimentOutcome outcome = await Laboratory.RunAsync(runner => _runner = runner);
        _failures.Should().BeEmpty();
        return outcome;
    }

    public async Task RequireToFollowAgainAsync()
    {
        var source = new RunSource(
            SqliteJournalFile.Open(Laboratory.JournalPath), Laboratory.RunId, Laboratory.Settings,
            Laboratory.Scalarizer, Laboratory.CreateEngine)
        {
            Choices = Choices,
        };
        VerificationReport report = await new RunVerifier(source, TimeProvider.System)
        {
            InstructionSetHere = InstructionSet.Current,
        }.VerifyAsync(CancellationToken.None);
        report.IsClean.Should().BeTrue(string.Join('\n', report.Divergences));
        report.NotDerivable.Should().Be(0, string.Join('\n', report.Notes));
        report.Checks.Single(check => check.What == CheckedThing.Scalars).Same.Should().Be(
            (await Laboratory.ReadAsync()).Count(stored => stored.Event is PointScalarized));
    }

    public ValueTask DisposeAsync() => Laboratory.DisposeAsync();
}
