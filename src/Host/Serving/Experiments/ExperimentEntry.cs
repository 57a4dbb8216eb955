using DklActors.Actors.Experiments;
using DklActors.Host.Serving.Campaigns;
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

    /// <summary>The campaign that it is a region of, or null. Set before anybody sees it.</summary>
    public CampaignEntry? Campaign { get; set; }

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

    /// <summary>Whether everything that was asked for is measured, and put away.</summary>
    public bool IsComplete => Summary is { Phase: Phase.Ended, State: RunState.Completed };

    /// <summary>Whether it is to be run, or run on, and there is something left to do.</summary>
    public bool GoesOn => IsWanted && !IsComplete;

    /// <summary>Whether there may be an event of it.</summary>
    public bool HasBegun => Summary is not { StartedAt: null, Sequence: 0 };

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
            // Of a run that goes on nothing is seen before its journal was read.
            Sequence = Math.Max(noted.Sequence, live.Feed.Picture.Sequence),
        };
    }
}
