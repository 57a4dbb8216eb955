using DklActors.Actors.Running;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.People;

/// <summary>Somebody in the control room, who pauses and always goes on again, stops or aborts.</summary>
internal sealed class Operator(ExperimentRunner runner, FaultPlan faults, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);

    // Nobody stays in the control room for ever.
    private const int MostGlances = 60;

    private readonly List<ITimer> _timers = [];
    private int _glances;
    private int _visits;

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
            Later(faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)), () => runner.Resume(name, "seen"));
        }

        if (faults.Happens(FaultKind.PersonStops))
        {
            runner.Stop("anna", "enough");
        }

        if (faults.Happens(FaultKind.PersonAborts))
        {
            runner.Abort("ben", "at once");
        }

        if (!faults.IsOver && ++_glances < MostGlances)
        {
            Later(Glance, Look);
        }
    }

    private void Later(TimeSpan when, Action what) =>
        _timers.Add(time.CreateTimer(_ => what(), null, when, Timeout.InfiniteTimeSpan));
}
