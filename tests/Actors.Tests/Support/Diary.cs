using System.Collections.Concurrent;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Support;

/// <summary>Notes what an experiment tells its observer, and lets a test wait for an event.</summary>
internal sealed class Diary : IExperimentObserver
{
    private readonly ConcurrentQueue<(Func<JournalEvent, bool> Is, Action Do)> _reactions = new();

    public ConcurrentQueue<StoredEvent> Events { get; } = new();

    public ConcurrentQueue<RunLogLine> Lines { get; } = new();

    /// <summary>The lines of the log, with what fills their templates behind them.</summary>
    public IEnumerable<string> LogLines => Lines.Select(line =>
        $"{line.Level} {line.Source}: {line.Template} {string.Join(", ", line.Properties)} {line.Cause?.Message}");

    /// <summary>Is told of each log line as it comes.</summary>
    public Action<RunLogLine> OnLogLine { get; set; } = _ => { };

    public ExperimentState LiveState { get; private set; } = ExperimentState.Empty;

    public Posterior? Posterior { get; private set; }

    public CandidateSet? Candidates { get; private set; }

    /// <summary>Does something, on the experiment's thread, after each event of a kind.</summary>
    public void After<T>(Action<T> reaction)
        where T : JournalEvent
    {
        T? seen = null;
        _reactions.Enqueue((
            journalEvent => (seen = journalEvent as T) is not null,
            () => reaction(seen!)));
    }

    public void OnRecovered(long events, ExperimentState state) => LiveState = state;

    public void OnPrepared(CandidateSet candidates) => Candidates = candidates;

    public void OnEvent(StoredEvent stored, ExperimentState state)
    {
        Events.Enqueue(stored);
        LiveState = state;
        foreach ((Func<JournalEvent, bool> isIt, Action react) in _reactions)
        {
            if (isIt(stored.Event))
            {
                react();
            }
        }
    }

    public void OnBelief(Posterior posterior, int observations) => Posterior = posterior;

    public void Log(RunLogLine line)
    {
        Lines.Enqueue(line);
        OnLogLine(line);
    }
}
