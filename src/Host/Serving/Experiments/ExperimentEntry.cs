using DklActors.Actors.Experiments;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Looking;

namespace DklActors.Host.Serving.Experiments;

/// <summary>One experiment that the daemon knows. Changed by the registry alone, read by anybody.</summary>
internal sealed class ExperimentEntry(string folder, long order, ExperimentSummary summary)
{
    private volatile ExperimentSummary _summary = summary;
    private volatile LiveRun? _live;
    private volatile LastStatus? _lastStatus;

    public string Id => _summary.Id;

    public string Folder { get; } = folder;

    /// <summary>Place in the order of submission.</summary>
    public long Order { get; set; } = order;

    /// <summary>Whether it is to be run, or run on.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Raised whenever anything of it has changed.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>As last noted; of a live run the feed knows more.</summary>
    public ExperimentSummary Summary
    {
        get => _summary;
        set
        {
            _summary = value;
            Changes.Raise();
        }
    }

    /// <summary>Null unless its actors are at work.</summary>
    public LiveRun? Live
    {
        get => _live;
        set
        {
            _live = value;
            Changes.Raise();
        }
    }

    /// <summary>What was told of it last, and when.</summary>
    public LastStatus? LastStatus
    {
        get => _lastStatus;
        set => _lastStatus = value;
    }

    /// <summary>Whether it ended in a way from which it can go on.</summary>
    public bool CanContinue => Summary.Phase == Phase.Ended && Summary.State != RunState.Completed;

    /// <summary>The short form as of now.</summary>
    public ExperimentSummary Now()
    {
        ExperimentSummary noted = Summary;
        if (Live is not { } live)
        {
            return noted;
        }

        ExperimentState state = live.Feed.Picture.State;
        return noted with
        {
            State = state.Run,
            Reason = RunPicture.ReasonOf(state),
            Measured = state.Measured,
            Sequence = live.Feed.Picture.Sequence,
        };
    }
}
