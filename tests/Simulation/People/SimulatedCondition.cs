using DklActors.Actors.Interlock;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.People;

/// <summary>A condition outside, such as a disk that fills, that comes and goes.</summary>
internal sealed class SimulatedCondition(FaultPlan faults) : ISuspender
{
    private int _holdsFor;

    public string Name => "disk";

    public string? Check()
    {
        if (faults.Happens(FaultKind.ConditionCheckThrows))
        {
            throw new IOException(FaultPlan.Injected(FaultKind.ConditionCheckThrows));
        }

        if (_holdsFor == 0 && faults.Happens(FaultKind.ConditionHolds))
        {
            _holdsFor = 1 + faults.Choice.Below(4);
        }

        return _holdsFor > 0 && _holdsFor-- > 0 ? FaultPlan.Injected(FaultKind.ConditionHolds) : null;
    }
}
