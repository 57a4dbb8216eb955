using DklActors.Actors.Experiments;

namespace DklActors.Host.Serving.Contract;

/// <summary>The daemon and everything that it knows, in short.</summary>
internal sealed record DaemonStatus(
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset Time,
    bool Accepts,
    IReadOnlyList<ExperimentSummary> Experiments,
    IReadOnlyList<CampaignView> Campaigns,
    Seat? Seat,
    long FreeDiskBytes);

/// <summary>Where the daemon has an experiment.</summary>
internal enum Phase
{
    /// <summary>Waits for its instrument.</summary>
    Queued,

    /// <summary>Recipe, instrument and journal are being opened.</summary>
    Starting,

    /// <summary>Its actors are at work.</summary>
    Live,

    /// <summary>Over, for now or for good.</summary>
    Ended,
}

/// <summary>One line of the list of experiments.</summary>
internal record ExperimentSummary
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Instrument { get; init; }

    public required Phase Phase { get; init; }

    public required int? Position { get; init; }

    public required RunState State { get; init; }

    public required string? Reason { get; init; }

    public required int Measured { get; init; }

    public required int Total { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required long Sequence { get; init; }

    /// <summary>Id of the campaign that it is of, or null.</summary>
    public string? Campaign { get; init; }

    /// <summary>Name of the campaign's region that it is, or null.</summary>
    public string? Region { get; init; }
}
