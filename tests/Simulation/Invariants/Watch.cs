using DklActors.ActorKernel.Inspection;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Exposure;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Instruments;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Invariants;

/// <summary>
/// What must hold after every step of a process, whatever has gone wrong: it looks at the column and the disk, not at
/// what the pipeline believes of them.
/// </summary>
internal sealed class Watch : IExperimentObserver
{
    private const double Rounding = 1e-6;

    private readonly World _world;
    private readonly Column _column;
    private readonly Action<Exception> _break;
    private bool _heldHard;

    public Watch(World world, Column column, Action<Exception> breakWorld)
    {
        _world = world;
        _column = column;
        _break = breakWorld;
        column.BeforeUnblanking = RequireReason;
    }

    /// <summary>The actors of the process, once there are any.</summary>
    public ActorSystem? Actors { get; set; }

    /// <summary>The last lines of the log.</summary>
    public Queue<string> Log { get; } = new();

    private ExperimentState Durable => _world.Disk.State;

    /// <summary>A person has just asked for the beam to be blanked at once, or is about to let go.</summary>
    public void HoldHard(bool held)
    {
        _heldHard = held;
        Require(
            !held || !_column.IsOn || _column.WasStuck || _column.IsStuck,
            "The beam is on although a person has asked for it to be blanked at once.");
    }

    public void AfterStep()
    {
        _column.Charge();
        Require(!_world.Faults.LeftTheThread, "Something of this world ran on another thread.");
        RequireBeamWithinLease();
        RequireLedgerToCoverTheDose();
        if (Actors is not null)
        {
            RequireMailboxesWithinBounds(ActorTree.Of(Actors));
        }
    }

    public void OnEnd(ExperimentOutcome outcome, bool journalFailed)
    {
        Require(_column.WasStuck || !_column.IsOn, "The beam is on after the end.");
        Require(
            outcome.Fault is null || journalFailed || _world.Faults.Count > 0,
            $"The run ended without a word in the journal: {outcome.Fault}");
        Require(
            outcome.Fault is not null || StateDigest.Of(outcome.State) == StateDigest.Of(Durable),
            "The state that was reported is not the one that is durable.");
        Require(
            outcome.BeamAlarm is null || _world.Faults.Has(FaultKind.BlankerSticks) || _column.WasStuck
                || _world.Faults.Happened.ContainsKey(FaultKind.BlankerSticks)
                || _world.Faults.Happened.ContainsKey(FaultKind.BlankFailsOnce),
            $"An alarm without a cause: {outcome.BeamAlarm}");
    }

    /// <summary>An exception that nobody has injected is a bug, even where supervision has dealt with it.</summary>
    public void OnLog(RunLogLine line)
    {
        Log.Enqueue($"{line.Level} {line.Source}: {line.Template} {string.Join(' ', line.Properties.Values)}");
        if (Log.Count > 25)
        {
            Log.Dequeue();
        }

        for (Exception? each = line.Cause; each is not null; each = each.InnerException)
        {
            if (each.Message.Contains("injected", StringComparison.Ordinal))
            {
                return;
            }
        }

        if (line.Cause is not null)
        {
            _break(new InvalidOperationException($"{line.Source}: {line.Cause}", line.Cause));
        }
    }

    public void OnRecovered(long events, ExperimentState state)
    {
        RequireSameAsDurable(state, events);
        ThrowSometimes();
    }

    public void OnPrepared(CandidateSet candidates) => ThrowSometimes();

    public void OnEvent(StoredEvent stored, ExperimentState state)
    {
        RequireSameAsDurable(state, stored.SequenceNumber);
        ThrowSometimes();
    }

    public void OnBelief(Posterior posterior, int observations) => ThrowSometimes();

    private void RequireReason(ExposureLease? lease)
    {
        Require(lease is not null, "The beam goes on for nobody.");
        Require(!_heldHard, "The beam goes on while a person holds it blanked.");
        PointState? point = Durable.Points.GetValueOrDefault(lease!.Point);
        Require(
            point is { Stage: PointStage.Intended } && point.Attempts == lease.Attempt,
            $"The beam goes on for {lease.Id}, of which the journal says {point?.Stage} at {point?.Attempts}.");
        Require(_world.Specimen.Exposures.Add(lease.Id), $"{lease.Id} is exposed a second time.");
        Require(
            Durable.Run == RunState.Running,
            $"The beam goes on for {lease.Id} while the journal says {Durable.Run}.");
    }

    private void RequireBeamWithinLease()
    {
        if (!_column.IsOn || _column.IsScanning || _column.IsStuck || _column.WasStuck)
        {
            return;
        }

        TimeSpan longest = _world.Settings.Exposure.LongestWallTime;
        Require(_column.Elapsed <= longest, $"The beam is on for {_column.Elapsed}; the lease allows {longest}.");
    }

    private void RequireLedgerToCoverTheDose()
    {
        double received = _world.Specimen.ExposedElectrons + _world.Specimen.ScannedElectrons;
        Require(
            Durable.Dose.TotalElectrons >= received * (1 - Rounding),
            $"The specimen received {received:G6} electrons, the ledger knows {Durable.Dose.TotalElectrons:G6}.");
    }

    private void RequireMailboxesWithinBounds(ActorSnapshot actor)
    {
        Require(
            actor.Depth <= actor.Capacity && actor.Dropped == 0,
            $"{actor.Path}: {actor.Depth} of {actor.Capacity} messages wait, {actor.Dropped} were dropped.");
        foreach (ActorSnapshot child in actor.Children)
        {
            RequireMailboxesWithinBounds(child);
        }
    }

    private void RequireSameAsDurable(ExperimentState state, long sequence)
    {
        string live = StateDigest.Of(state);
        string replayed = StateDigest.Of(_world.Disk.StateAfter(sequence));
        Require(live == replayed, $"After event {sequence} the live state is\n{live}\nthe replayed one\n{replayed}");
    }

    private void ThrowSometimes()
    {
        if (_world.Faults.Happens(FaultKind.ObserverThrows))
        {
            throw new InvalidCastException(FaultPlan.Injected(FaultKind.ObserverThrows));
        }
    }

    // Not by throwing: inside an actor it would be taken for the actor's own fault.
    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _break(new InvalidOperationException(otherwise));
        }
    }
}
