using DklActors.Actors.Controlling;
using DklActors.Actors.Running;
using DklActors.Messages.Geometry;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Instruments;
using DklActors.Simulation.Learning;

namespace DklActors.Simulation.People;

/// <summary>
/// Somebody in the control room, who pauses and always goes on again, stops, aborts, halts, and changes the run while
/// it goes on.
/// </summary>
internal sealed class Operator(
    ExperimentRunner runner, FaultPlan faults, TimeProvider time, Asked asked, Action<bool> heldHard) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);

    // Nobody stays in the control room for ever.
    private const int MostGlances = 60;

    private readonly List<ITimer> _timers = [];
    private int _glances;
    private int _visits;
    private int _hardPauses;

    public void Start() => Later(Glance, Look);

    public void Dispose()
    {
        foreach (ITimer timer in _timers)
        {
            timer.Dispose();
        }
    }

    private void Look()
    {
        if (faults.Happens(FaultKind.PersonPauses))
        {
            string who = faults.Choice.Chance(0.5) ? "anna" : "ben";
            string name = $"{who} {++_visits}";
            runner.Pause(name, "to look");
            Later(SomeTime(), () => runner.Resume(name, "seen"));
        }

        if (faults.Happens(FaultKind.PersonPausesHard))
        {
            Ask(new HardPause("anna", "at once"));
            heldHard(true);
            int mine = ++_hardPauses;
            Later(SomeTime(), () =>
            {
                if (mine == _hardPauses)
                {
                    heldHard(false);
                }

                // Somebody else may hold it anew; who resumes lets go of that as well, as in a control room.
                if (mine == _hardPauses)
                {
                    Ask(new ResumeAll("ben", "all is well"));
                }
            });
        }

        if (faults.Happens(FaultKind.PersonStops))
        {
            Ask(new StopAtPoint("anna", "enough"));
        }

        if (faults.Happens(FaultKind.PersonAborts))
        {
            Ask(new AbortNow("ben", "at once"));
        }

        if (faults.Happens(FaultKind.PersonHalts))
        {
            Ask(new HaltNow("ben", "smoke"));
        }

        Choose();
        if (!faults.IsOver && ++_glances < MostGlances)
        {
            Later(Glance, Look);
        }
    }

    private void Choose()
    {
        if (faults.Happens(FaultKind.PersonChangesScalarizer))
        {
            Ask(new ChangeScalarizer(
                "anna", "to try", SimulatedChoices.Keys("kind", OneOf(SimulatedChoices.Scalarizers))));
        }

        if (faults.Happens(FaultKind.PersonChangesAcquisition))
        {
            Ask(new ChangeAcquisition(
                "ben", "to try", SimulatedChoices.Keys("acquisition", OneOf(SimulatedChoices.Acquisitions))));
        }

        if (faults.Happens(FaultKind.PersonChangesRegion))
        {
            Ask(new ChangeRegion("anna", "here", faults.Choice.Chance(0.3) ? null : Area(5)));
        }

        if (faults.Happens(FaultKind.PersonExcludesArea))
        {
            Ask(new ExcludeArea("ben", "a hole", Area(1)));
        }

        if (faults.Happens(FaultKind.PersonForcesPoint))
        {
            Ask(new ForcePoint("anna", "curious", Place()));
        }

        if (faults.Happens(FaultKind.PersonNotes))
        {
            Ask(new AddNote("ben", $"note {++_visits}", faults.Choice.Chance(0.5) ? Place() : null));
        }
    }

    private void Ask(RunControl control) => asked.Add(control, runner.AskAsync(control, CancellationToken.None));

    private string OneOf(IReadOnlyList<string> words) => words[faults.Choice.Below(words.Count)];

    private GridPoint Place() =>
        new(faults.Choice.Below(Specimen.Shape.Rows), faults.Choice.Below(Specimen.Shape.Columns));

    private PixelArea Area(int least)
    {
        GridPoint first = Place();
        return new PixelArea(
            first.Row, first.Row + least + faults.Choice.Below(4),
            first.Column, first.Column + least + faults.Choice.Below(4));
    }

    private TimeSpan SomeTime() => faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    private void Later(TimeSpan when, Action what) =>
        _timers.Add(time.CreateTimer(_ => what(), null, when, Timeout.InfiniteTimeSpan));
}
