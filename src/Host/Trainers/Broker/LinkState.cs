namespace DklActors.Host.Trainers.Broker;

/// <summary>How the link to the broker is.</summary>
/// <param name="IsConnected">Whether messages go through.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="At">The same by the clock's timestamp, for durations.</param>
/// <param name="Reason">Why not, when it is not.</param>
/// <param name="Connections">How often it was made.</param>
internal sealed record LinkState(bool IsConnected, DateTimeOffset Since, long At, string? Reason, int Connections);
