using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Models;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>An append came back.</summary>
internal sealed record Appended(long Ticket, ImmutableArray<StoredEvent> Events);

/// <summary>The journal failed: nothing may be assumed of what was asked of it.</summary>
internal sealed record JournalLost(string Reason);

/// <summary>
/// Candidates, engine, what chooses the seeds and, on a continued run, the last model and what persons chose are ready.
/// </summary>
internal sealed record Prepared(
    StructuralImage Image,
    CandidateSet Candidates,
    IDklEngine Engine,
    ModelState? State,
    CandidateModel? Model,
    CandidateModel? SeedModel,
    IScalarizer Scalarizer,
    PlanSettings Plan);

internal sealed record PreparationFailed(string Reason);

/// <summary>Time to try a point again.</summary>
internal sealed record RetryPoint(PointId Point) : IAboutPoint;

/// <summary>A worker failed and is made anew.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Fault">What it failed with.</param>
/// <param name="Point">The point that the message was about on which it failed, if it was.</param>
internal sealed record WorkerFaulted(string Worker, Exception Fault, PointId? Point);

/// <summary>A worker did not answer in time.</summary>
internal sealed record WorkerOverdue(string Worker, TimeSpan Deadline);

/// <summary>The experiment was made anew after a fault and knows only what is journaled.</summary>
internal sealed record ExperimentRestarted;

/// <summary>The run is over; the last message of an experiment to whoever runs it.</summary>
/// <param name="State">The state as far as it is durable.</param>
/// <param name="Fault">What could not be journaled any more, or null.</param>
internal sealed record ExperimentEnded(ExperimentState State, string? Fault);
