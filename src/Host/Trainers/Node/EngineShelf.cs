using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Codecs;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// Engines that are ready: an engine computes the features of its candidates when it is made, which may take longer
/// than a training. Those that were used least recently go when there are too many candidates in all.
/// </summary>
internal sealed class EngineShelf(ContentExchange contents, IEngineSource engines)
{
    // About 150 float32 a candidate with the default learner: some GiB.
    private const long MostCandidates = 4_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Shelved> _byUse = [];

    /// <summary>The engine for a job: one that is there, or a new one.</summary>
    /// <exception cref="ContentException">The image or the sites cannot be had.</exception>
    /// <exception cref="InvalidDataException">They are no image or no sites.</exception>
    /// <exception cref="ArgumentException">They do not fit together, or there is no such model.</exception>
    public async Task<IDklEngine> EngineForAsync(TrainingJob job, CancellationToken cancellationToken)
    {
        var key = new EngineKey(job.Image, job.Patch, job.Sites, job.Learner);
        Shelved shelved;
        lock (_gate)
        {
            shelved = _byUse.FirstOrDefault(one => one.Key == key)
                ?? new Shelved(
                    key, new Lazy<Task<Ready>>(() => Task.Run(() => MakeAsync(job, CancellationToken.None))));
            _byUse.Remove(shelved);
            _byUse.AddLast(shelved);
        }

        try
        {
            Ready ready = await shelved.Made.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            Clear(shelved, ready.Candidates);
            return ready.Engine;
        }
        catch (Exception) when (shelved.Made.Value.IsFaulted)
        {
            // The next job may find the daemon better.
            lock (_gate)
            {
                _byUse.Remove(shelved);
            }

            throw;
        }
    }

    private void Clear(Shelved used, int candidates)
    {
        lock (_gate)
        {
            used.Candidates = candidates;
            while (_byUse.Count > 1 && _byUse.Sum(static one => (long)one.Candidates) > MostCandidates
                && _byUse.First!.Value != used)
            {
                _byUse.RemoveFirst();
            }
        }
    }

    private async Task<Ready> MakeAsync(TrainingJob job, CancellationToken cancellationToken)
    {
        byte[] image = await contents.GetAsync(job.Contents, job.Image, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<GridPoint>? sites = job.Sites is null
            ? null
            : PlacesCodec.Read(
                await contents.GetAsync(job.Contents, job.Sites, cancellationToken).ConfigureAwait(false));
        StructuralImage structure = ImageCodec.Read(image);
        var candidates = CandidateSet.Among(structure, new PatchWindow(job.Patch), sites);
        return new Ready(engines.Create(job.Learner, candidates), candidates.Count);
    }

    private sealed record EngineKey(string Image, int Patch, string? Sites, LearnerSpec Learner);

    private sealed record Ready(IDklEngine Engine, int Candidates);

    private sealed class Shelved(EngineKey key, Lazy<Task<Ready>> made)
    {
        public EngineKey Key { get; } = key;

        public Lazy<Task<Ready>> Made { get; } = made;

        public int Candidates { get; set; }
    }
}
