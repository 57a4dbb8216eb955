namespace DklActors.Actors.Planning;

/// <summary>
/// Independent seeds from the run's one seed, by purpose and number, so that each decision can be made again
/// without repeating those before it.
/// </summary>
public static class RunSeeds
{
    public static ulong Design(ulong runSeed) => Mix(runSeed, 1, 0);

    public static ulong Decision(ulong runSeed, int point) => Mix(runSeed, 2, point);

    public static ulong Training(ulong runSeed, int version) => Mix(runSeed, 3, version);

    public static ulong Retry(ulong runSeed, int point, int attempt) => Mix(Mix(runSeed, 4, point), 4, attempt);

    // SplitMix64's finaliser (Steele, Lea and Flood 2014) over purpose and number.
    private static ulong Mix(ulong seed, ulong purpose, int number)
    {
        ulong z = seed + (0x9E3779B97F4A7C15UL * ((purpose << 32) + (uint)number + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
