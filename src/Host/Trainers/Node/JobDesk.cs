using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// What this node trains and has trained. A job that comes a second time, since the link broke or the daemon lost
/// patience, is not trained a second time: it waits for the one that runs, or is answered from memory.
/// </summary>
internal sealed class JobDesk(JobWork work, TimeProvider time) : IDisposable
{
    private const int MostRemembered = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Running> _running = [];
    private readonly Dictionary<Guid, TrainingResult> _done = [];
    private readonly HashSet<Guid> _superseded = [];
    private readonly Queue<Guid> _doneInOrder = [];
    private readonly Queue<Guid> _supersededInOrder = [];
    private readonly CancellationTokenSource _givingBack = new();

    /// <summary>Told when a job begins or ends, on any thread.</summary>
    public event Action? Changed;

    /// <summary>What runs now.</summary>
    public IReadOnlyList<BeatJob> Jobs
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _running.Values.Select(one => new BeatJob(
                        one.Job.JobId, one.Job.Experiment, one.Job.Version,
                        Math.Round(time.GetElapsedTime(one.Since).TotalSeconds, 3))),
                ];
            }
        }
    }

    /// <summary>Trains a job, or joins in the training of it, or remembers how it ended.</summary>
    /// <returns>The result, or null when the job is to be given back.</returns>
    public Task<TrainingResult?> TakeAsync(TrainingJob job)
    {
        Running running;
        lock (_gate)
        {
            if (_superseded.Contains(job.JobId))
            {
                return Task.FromResult<TrainingResult?>(Superseded(job));
            }

            if (_done.TryGetValue(job.JobId, out TrainingResult? known))
            {
                return Task.FromResult<TrainingResult?>(known);
            }

            if (_running.TryGetValue(job.JobId, out Running? same))
            {
                return same.End.Task;
            }

            running = new Running(job, time.GetTimestamp(), _givingBack.Token);
            _running.Add(job.JobId, running);
        }

        Changed?.Invoke();
        _ = Task.Run(() => RunAsync(running));
        return running.End.Task;
    }

    /// <summary>The result was published: the job counts as one that this node has no longer.</summary>
    public void Answered(Guid job)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(job, out Running? running) || !running.IsOver)
            {
                return;
            }

            _running.Remove(job);
        }

        Changed?.Invoke();
    }

    /// <summary>Nobody wants this job: ends it at the next epoch boundary, or does not begin it.</summary>
    public void Supersede(Guid job)
    {
        lock (_gate)
        {
            if (_superseded.Add(job))
            {
                _supersededInOrder.Enqueue(job);
                if (_supersededInOrder.Count > MostRemembered)
                {
                    _superseded.Remove(_supersededInOrder.Dequeue());
                }
            }

            if (_running.TryGetValue(job, out Running? running) && !running.IsOver)
            {
                running.Unwanted.Cancel();
            }
        }
    }

    /// <summary>Ends all trainings at the next epoch boundary; they are for other nodes.</summary>
    public void GiveBack() => _givingBack.Cancel();

    public void Dispose()
    {
        _givingBack.Cancel();
        _givingBack.Dispose();
    }

    private async Task RunAsync(Running running)
    {
        TrainingJob job = running.Job;
        TrainingResult? result = await work.RunAsync(job, running.Unwanted.Token).ConfigureAwait(false);
        lock (_gate)
        {
            result ??= _superseded.Contains(job.JobId) ? Superseded(job) : null;
            // One that failed for a reason that may pass is tried again if the daemon asks again.
            if (result is { Outcome: JobOutcome.Trained })
            {
                _done[job.JobId] = result;
                _doneInOrder.Enqueue(job.JobId);
                if (_doneInOrder.Count > MostRemembered)
                {
                    _done.Remove(_doneInOrder.Dequeue());
                }
            }

            running.IsOver = true;
            running.Unwanted.Dispose();
        }

        running.End.SetResult(result);
    }

    private TrainingResult Superseded(TrainingJob job) =>
        work.Without(job.Envelope, JobOutcome.Superseded, "Nobody wants it any more.");

    private sealed class Running(TrainingJob job, long since, CancellationToken givingBack)
    {
        public TrainingJob Job { get; } = job;

        public long Since { get; } = since;

        /// <summary>It cannot be ended any more.</summary>
        public bool IsOver { get; set; }

        public CancellationTokenSource Unwanted { get; } =
            CancellationTokenSource.CreateLinkedTokenSource(givingBack);

        public TaskCompletionSource<TrainingResult?> End { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
