namespace DklActors.Simulation.Worlds;

/// <summary>Something that must never happen has happened, and one line makes it happen again.</summary>
internal sealed class WorldBrokenException(ulong seed, Exception cause)
    : Exception($"{Command(seed)}{Environment.NewLine}{cause.Message}", cause)
{
    public ulong Seed { get; } = seed;

    public static string Command(ulong seed) =>
        $"dotnet run -c Release --project tests/Simulation -- --seed {seed}";
}
