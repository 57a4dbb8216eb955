namespace DklActors.Host.Serving.Contract;

/// <summary>Who may command.</summary>
/// <param name="Client">Identity of the client.</param>
/// <param name="Name">The person before it.</param>
/// <param name="Since">Since when.</param>
internal sealed record Seat(string Client, string Name, DateTimeOffset Since);

/// <summary>Who asks, and what they may do.</summary>
internal sealed record Session(string Role, Seat? Seat, DaemonStatus Daemon);
