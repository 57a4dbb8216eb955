using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>
/// Trains the models of a run again, several side by side: what each starts from is stored, so none waits for another.
/// Goes ahead of who compares them by a few models, and holds no more than those.
/// </summary>
internal sealed class Retraining : IAsyncDisposable
{
    private readonly IJournalReader _journal;
    private readonly CandidateSet _candidates;
    private readonly IDklEngine _engine;
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<PointId, GridPoint> _patches = [];
    private readonly List<Observation> _observations = [];
    private readonly Dictionary<int, ModelTrained> _models = [];
    private readonly ModelTransferred? _transferred;
    private readonly Dictionary<long, Task<TrainedModel>> _trainings = [];

    public Retraining(
        IJournalReader journal,
        CandidateSet candidates,
        IDklEngine engine,
        int sideBySide,
        ModelTransferred? transferred)
    {
        _transferred = transferred;
        _journal = journal;
        _candidates = candidates;
        _engine = engine;
        _free = new SemaphoreSlim(sideBySide);
    }

    /// <summary>Trainings that were begun and not yet asked for.</summary>
    public int Waiting => _trainings.Count;

    /// <summary>Hears every event in order, before it is compared; begins the training that it tells of.</summary>
    public void Announce(StoredEvent stored, bool train)
    {
        switch (stored.Event)
        {
            case FrameRecorded frame:
                _patches[frame.Point] = frame.Patch;
                break;
            case PointScalarized { Scalar.Quality: not ScalarQuality.Bad } scalarized
                when _patches.TryGetValue(scalarized.Point, out GridPoint patch)
                    && _candidates.TryIndexOf(patch, out int candidate):
                _observations.Add(new Observation(
                    candidate, scalarized.Scalar.Value, scalarized.Scalar.StandardError));
                break;
            case ScalarizerChanged:
                _observations.Clear();
                break;
            case ModelTrained model:
                // A model that was trained elsewhere gives the same bits only where the engine is the same.
                bool isSame = model.Trainer is { } trainer ? trainer.Engine == _engine.Identity : train;
                if (isSame && model.Observations <= _observations.Count)
                {
                    _trainings[stored.Ordering] = TrainAsync(model, Request(model));
                }

                _models[model.Version] = model;
                break;
        }
    }

    /// <summary>The training of a model's event, or null where there was nothing to train.</summary>
    public Task<TrainedModel>? Take(long ordering) =>
        _trainings.Remove(ordering, out Task<TrainedModel>? training) ? training : null;

    /// <summary>Ends what is under way at its next epoch.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        foreach (Task<TrainedModel> training in _trainings.Values)
        {
            await ((Task)training).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _free.Dispose();
        _stopping.Dispose();
    }

    private (ImmutableArray<Observation> Observations, Start? WarmStart) Request(ModelTrained model) => (
        [.. _observations.Take(model.Observations)],
        model.Transferred is { } hash
            ? new Start(_transferred?.Engine ?? model.Engine, ModelState.Foreign, hash)
            : _models.TryGetValue(model.WarmStart, out ModelTrained? warm)
                ? new Start(warm.Engine, warm.Version, warm.StateHash)
                : null);

    private async Task<TrainedModel> TrainAsync(
        ModelTrained model, (ImmutableArray<Observation> Observations, Start? WarmStart) from)
    {
        await _free.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                () => Train(model, from.Observations, from.WarmStart),
                _stopping.Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    private TrainedModel Train(ModelTrained model, ImmutableArray<Observation> observations, Start? warm)
    {
        ModelState? start = warm is null
            ? null
            : new ModelState(warm.Engine, warm.Version, _journal.ReadContent(ContentHash.Parse(warm.StateHash)));
        return _engine.Train(new TrainingRequest(model.Version, observations, start, model.Seed), _stopping.Token);
    }

    /// <summary>A stored state that a training started from.</summary>
    private sealed record Start(string Engine, int Version, string StateHash);
}
