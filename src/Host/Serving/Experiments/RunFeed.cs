using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Looking;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Host.Serving.Experiments;

/// <summary>What those who look on see of a run that goes on: its picture, its last events, what it believes.</summary>
internal sealed class RunFeed(RunPicture picture, Func<long, IEnumerable<StoredEvent>> readAfter, Action changed)
    : IExperimentObserver
{
    // A client that fell further behind reads from the journal.
    private const int LongestTail = 4096;

    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<JournalEventView> _tail = new();
    private readonly SortedDictionary<int, double> _deviations = [];
    private CandidateSet? _candidates;
    private Posterior? _posterior;
    private long _belief;

    public RunPicture Picture => picture;

    public CandidateSet? Candidates
    {
        get
        {
            lock (_gate)
            {
                return _candidates;
            }
        }
    }

    /// <summary>What is believed now, and how often that has changed.</summary>
    public (Posterior? Posterior, long Count) Belief
    {
        get
        {
            lock (_gate)
            {
                return (_posterior, _belief);
            }
        }
    }

    /// <summary>Mean uncertainty of the map by number of observations.</summary>
    public IReadOnlyDictionary<int, double> Deviations
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<int, double>(_deviations);
            }
        }
    }

    /// <summary>The events after a number, if they are still held; null for those that only the journal has.</summary>
    public IReadOnlyList<JournalEventView>? TailAfter(long sequence, int limit)
    {
        lock (_gate)
        {
            if (_tail.TryPeek(out JournalEventView? first) && first.Sequence <= sequence + 1)
            {
                return [.. _tail.Skip((int)(sequence + 1 - first.Sequence)).Take(limit)];
            }

            return sequence >= picture.Sequence ? [] : null;
        }
    }

    public void OnRecovered(long events, ExperimentState state)
    {
        // An experiment that was made anew has been told of already, but for what was on its way then.
        foreach (StoredEvent stored in events > picture.Sequence ? readAfter(picture.Sequence) : [])
        {
            Keep(stored, state);
        }

        changed();
    }

    public void OnPrepared(CandidateSet candidates)
    {
        lock (_gate)
        {
            _candidates = candidates;
        }

        changed();
    }

    public void OnEvent(StoredEvent stored, ExperimentState state)
    {
        Keep(stored, state);
        changed();
    }

    public void OnBelief(Posterior posterior, int observations)
    {
        double sum = 0;
        double width = posterior.Model.Shape.HalfWidth68;
        foreach (double variance in posterior.Variance)
        {
            sum += Math.Sqrt(Math.Max(0, variance));
        }

        lock (_gate)
        {
            _posterior = posterior;
            _belief++;
            _deviations[observations] = width * sum / posterior.Variance.Length;
        }

        changed();
    }

    private void Keep(StoredEvent stored, ExperimentState state)
    {
        bool isNew = stored.SequenceNumber > picture.Sequence;
        picture.Note(stored, state);
        if (!isNew)
        {
            return;
        }

        var told = JournalEventView.Of(stored);
        lock (_gate)
        {
            _tail.Enqueue(told);
            if (_tail.Count > LongestTail)
            {
                _tail.Dequeue();
            }
        }
    }
}
