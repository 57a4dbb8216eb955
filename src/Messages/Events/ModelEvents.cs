using System.Text.Json.Serialization;
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
/// <param name="Trainer">Who trained it, where trainings may leave the machine; null where they never do.</param>
/// <param name="Transferred">
/// Content hash of the state of another run that training started from, as <see cref="ModelTransferred"/> names it;
/// null where it started from a state of this run, or from the seed.
/// </param>
[JournalEvent("model-trained", 1)]
public sealed record ModelTrained(
    int Version,
    string StateHash,
    string Engine,
    int Observations,
    int WarmStart,
    ulong Seed,
    TrainingReport Report,
    TimeSpan Took,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    ModelTrainer? Trainer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Transferred = null) : JournalEvent;

/// <summary>
/// The first training is to start from what another run has learned of structure, elsewhere on the sample. The state is
/// content of this run: it can be derived again without the other.
/// </summary>
/// <param name="StateHash">Content hash of the <see cref="ModelState"/>.</param>
/// <param name="Engine">Identity of the engine that trained it.</param>
/// <param name="FromRun">The other run.</param>
/// <param name="FromVersion">Version of the model there.</param>
/// <param name="FromObservations">Observations that it was trained on.</param>
[JournalEvent("model-transferred", 1)]
public sealed record ModelTransferred(
    string StateHash, string Engine, string FromRun, int FromVersion, int FromObservations) : JournalEvent;

/// <summary>A training is about to be sent to a trainer node. A result of any other job is nobody's.</summary>
/// <param name="Job">Under which the result comes back.</param>
/// <param name="Version">Version that its model is to carry.</param>
/// <param name="Observations">It trains on the first so many usable scalars of the run.</param>
/// <param name="WarmStart">Version whose state it starts from; 0 for a start from the seed.</param>
/// <param name="Seed">Seed of the training.</param>
[JournalEvent("training-sent", 1)]
public sealed record TrainingSent(Guid Job, int Version, int Observations, int WarmStart, ulong Seed) : JournalEvent;

/// <summary>A training gave no usable model; the last good one stays in use.</summary>
[JournalEvent("training-failed", 1)]
public sealed record TrainingFailed(int Observations, string Reason, TimeSpan Took) : JournalEvent;
