using System.Collections.Immutable;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.Learning;

/// <summary>The real scalarizer, or somebody's plug-in with a bug.</summary>
internal sealed class FaultyScalarizer(IScalarizer inner, FaultPlan faults, DeterministicScheduler scheduler)
    : IScalarizer
{
    public string Identity => inner.Identity;

    public string Unit => inner.Unit;

    public ImmutableArray<GridOffset> Neighbours => inner.Neighbours;

    public ScalarResult Evaluate(in Measurement measurement)
    {
        if (faults.Happens(FaultKind.ScalarizerIsSlow))
        {
            scheduler.RunFor(faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(3)));
        }

        if (faults.Happens(FaultKind.ScalarizerHangs))
        {
            scheduler.RunFor(TimeSpan.FromMinutes(10));
        }

        if (faults.Happens(FaultKind.ScalarizerThrows))
        {
            throw new InvalidCastException(FaultPlan.Injected(FaultKind.ScalarizerThrows));
        }

        return faults.Happens(FaultKind.ScalarizerGivesNoNumber)
            ? new ScalarResult(double.NaN, 1, ScalarQuality.Good)
            : inner.Evaluate(in measurement);
    }
}
