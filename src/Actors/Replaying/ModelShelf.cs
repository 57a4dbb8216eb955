using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Replaying;

/// <summary>
/// The last models of a run, as trained again or restored. Decisions name the newest model or one that was so a moment
/// ago; whatever is older is restored again.
/// </summary>
internal sealed class ModelShelf(IJournalReader journal, IDklEngine engine)
{
    private const int MostKept = 3;

    private readonly Queue<(string StateHash, CandidateModel Model)> _kept = new();

    /// <exception cref="InvalidDataException">The state is not one that this engine can restore.</exception>
    public CandidateModel Get(ModelTrained trained)
    {
        foreach ((string hash, CandidateModel kept) in _kept)
        {
            if (hash == trained.StateHash && kept.Version == trained.Version)
            {
                return kept;
            }
        }

        CandidateModel model = engine.Restore(new ModelState(
            trained.Engine, trained.Version, journal.ReadContent(ContentHash.Parse(trained.StateHash))));
        Put(trained, model);
        return model;
    }

    public void Put(ModelTrained trained, CandidateModel model)
    {
        _kept.Enqueue((trained.StateHash, model));
        if (_kept.Count > MostKept)
        {
            _kept.Dequeue();
        }
    }
}
