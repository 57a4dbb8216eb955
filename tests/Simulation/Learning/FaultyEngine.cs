using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.Learning;

/// <summary>The real engine, with everything that a trainer beside the microscope can do wrong.</summary>
internal sealed class FaultyEngine(IDklEngine inner, FaultPlan faults, DeterministicScheduler scheduler) : IDklEngine
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(30);

    private TrainedModel? _last;

    public string Identity => inner.Identity;

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
    {
        TimeSpan takes = faults.Happens(FaultKind.TrainingIsSlow)
            ? faults.Choice.Between(Usual, TimeSpan.FromSeconds(30))
            : faults.Choice.Between(TimeSpan.FromMilliseconds(1), Usual);
        if (faults.Happens(FaultKind.TrainingOverruns))
        {
            takes = TimeSpan.FromMinutes(2);
        }

        if (faults.Happens(FaultKind.TrainerIsLost))
        {
            // It hears nothing and answers long after anybody waited for it.
            scheduler.RunFor(TimeSpan.FromMinutes(10));
        }

        var end = scheduler.Time.Elapsed + takes;
        while (scheduler.Time.Elapsed < end)
        {
            var left = end - scheduler.Time.Elapsed;
            scheduler.RunFor(left < Usual ? left : Usual);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (faults.Happens(FaultKind.TrainingDiverges))
        {
            throw new TrainingFailedException(FaultPlan.Injected(FaultKind.TrainingDiverges));
        }

        if (faults.Happens(FaultKind.TrainerThrowsAnything))
        {
            throw new InvalidCastException(FaultPlan.Injected(FaultKind.TrainerThrowsAnything));
        }

        if (_last is not null && faults.Happens(FaultKind.TrainerReturnsTwice))
        {
            return _last;
        }

        if (request.Observations.Length > 3 && faults.Happens(FaultKind.TrainerReturnsOldModel))
        {
            return inner.Train(request with { Observations = request.Observations[..3] }, CancellationToken.None);
        }

        return _last = inner.Train(request, CancellationToken.None);
    }

    public CandidateModel Restore(ModelState state) => faults.Happens(FaultKind.RestoreFails)
        ? throw new InvalidDataException(FaultPlan.Injected(FaultKind.RestoreFails))
        : inner.Restore(state);

    public CandidateModel Prior(ulong seed) => inner.Prior(seed);
}
