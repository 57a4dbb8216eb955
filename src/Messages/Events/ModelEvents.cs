using DklActors.Messages.Models;

namespace DklActors.Messages.Events;

/// <summary>A model was trained and its state is durable under its content hash.</summary>
/// <param name="Version">Counts the trainings of a run, from 1.</param>
/// <param name="StateHash">Content hash of the <see cref="ModelState"/>.</param>
/// <param name="Engine">Identity of the engine that trained it.</param>
/// <param name="Observations">It was trained on the first so many usable scalars of the run.</param>
/// <param name="WarmStart">Version whose state training started from; 0 for a start from the seed.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="Report">How it went.</param>
/// <param name="Took">Wall time of the training.</param>
[JournalEvent("model-trained", 1)]
public sealed record ModelTrained(
    int Version,
    string StateHash,
    string Engine,
    int Observations,
    int WarmStart,
    ulong Seed,
    TrainingReport Report,
    TimeSpan Took) : JournalEvent;

/// <summary>A training gave no usable model; the last good one stays in use.</summary>
[JournalEvent("training-failed", 1)]
public sealed record TrainingFailed(int Observations, string Reason, TimeSpan Took) : JournalEvent;
