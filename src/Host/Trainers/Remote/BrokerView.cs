namespace DklActors.Host.Trainers.Remote;

/// <summary>The link to the broker.</summary>
/// <param name="Address">Without a password.</param>
/// <param name="IsConnected">Whether messages go through.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Reason">Why not, when it is not.</param>
/// <param name="Connections">How often the link was made.</param>
/// <param name="Published">Jobs that were published, each attempt counted.</param>
/// <param name="Accepted">Results that somebody waited for.</param>
/// <param name="Ignored">Messages that were ignored, by why.</param>
internal sealed record BrokerView(
    string Address,
    bool IsConnected,
    DateTimeOffset Since,
    string? Reason,
    int Connections,
    long Published,
    long Accepted,
    IReadOnlyDictionary<string, long> Ignored);
