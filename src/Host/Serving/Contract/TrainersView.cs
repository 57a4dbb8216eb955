using System.Collections.Immutable;

namespace DklActors.Host.Serving.Contract;

/// <summary>Who trains models elsewhere, and how they are reached.</summary>
/// <param name="Broker">Null where the daemon has none.</param>
/// <param name="Nodes">Those heard of lately, by name.</param>
internal sealed record TrainersView(BrokerLinkView? Broker, ImmutableArray<TrainerNodeView> Nodes);

/// <param name="Address">The broker, without a password.</param>
/// <param name="Connected">Whether there is a link now.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Reason">Why there is none, or null.</param>
/// <param name="Published">Jobs sent, each attempt counted.</param>
/// <param name="Accepted">Results that somebody waited for.</param>
/// <param name="Ignored">Messages that were not heeded, and why.</param>
internal sealed record BrokerLinkView(
    string Address,
    bool Connected,
    DateTimeOffset? Since,
    string? Reason,
    long Published,
    long Accepted,
    ImmutableSortedDictionary<string, long> Ignored);

/// <param name="Node">Its name.</param>
/// <param name="Device">Where it trains.</param>
/// <param name="Capacity">Trainings at a time.</param>
/// <param name="State">present, left or lost.</param>
/// <param name="SilentS">Seconds since its last beat.</param>
/// <param name="Software">Its version.</param>
/// <param name="Identity">Its engines, with the instruction set.</param>
/// <param name="Jobs">What it trains.</param>
internal sealed record TrainerNodeView(
    string Node,
    string Device,
    int Capacity,
    string State,
    double SilentS,
    string Software,
    string Identity,
    ImmutableArray<TrainerJobView> Jobs);

internal sealed record TrainerJobView(string Experiment, int Version, double Seconds);
