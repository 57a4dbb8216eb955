using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>A job that somebody waits for: how it stands by what nodes say of it.</summary>
internal sealed class WaitingJob(TrainingJob job, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _holders = [];
    private readonly TaskCompletionSource<TrainingResult> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _publishedAt;
    private long? _heldAt;
    private string? _holder;

    public TrainingJob Job { get; } = job;

    public Task<TrainingResult> Answer => _answer.Task;

    /// <summary>How it ended; the first answer counts.</summary>
    /// <returns>Whether this was the first.</returns>
    public bool End(TrainingResult result) => _answer.TrySetResult(result);

    /// <summary>It is about to be published: who had it before has it no longer.</summary>
    public void Publishing()
    {
        lock (_gate)
        {
            _heldAt = null;
        }
    }

    /// <summary>It was published; a quick node may have it already.</summary>
    public void Published()
    {
        lock (_gate)
        {
            _publishedAt = time.GetTimestamp();
        }
    }

    /// <summary>No node has said that it has it, since it was published.</summary>
    public bool IsUnheld
    {
        get
        {
            lock (_gate)
            {
                return _heldAt is null;
            }
        }
    }

    /// <summary>Processes that ever had it.</summary>
    public int Holders
    {
        get
        {
            lock (_gate)
            {
                return _holders.Count;
            }
        }
    }

    /// <summary>A node said that it has it.</summary>
    public void Held(string node, Guid instance)
    {
        lock (_gate)
        {
            _holders.Add(instance);
            _heldAt = time.GetTimestamp();
            _holder = node;
        }
    }

    /// <param name="patience">How long it may wait for a node.</param>
    /// <param name="since">Timestamp since which beats can be heard at all.</param>
    /// <returns>How it stands, and the node that has or had it last.</returns>
    public (JobStanding Standing, string? Node) Judge(TimeSpan patience, long since)
    {
        lock (_gate)
        {
            if (_heldAt is not { } heldAt)
            {
                // What went by while the link was down does not count: nodes were down with it, or unheard.
                TimeSpan waited = time.GetElapsedTime(Math.Max(_publishedAt, since));
                return (waited > patience ? JobStanding.NotTaken : JobStanding.Waits, null);
            }

            bool isLost = time.GetElapsedTime(Math.Max(heldAt, since)) > TrainerProtocol.LongestSilence;
            return (isLost ? JobStanding.Lost : JobStanding.Runs, _holder);
        }
    }
}

internal enum JobStanding
{
    /// <summary>No node has it yet.</summary>
    Waits,

    /// <summary>None took it in time.</summary>
    NotTaken,

    /// <summary>A node has it.</summary>
    Runs,

    /// <summary>A node had it, and is not heard any more, or has it no longer and gave no result.</summary>
    Lost,
}
