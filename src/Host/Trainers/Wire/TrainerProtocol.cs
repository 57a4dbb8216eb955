namespace DklActors.Host.Trainers.Wire;

/// <summary>What daemon and nodes agree on.</summary>
internal static class TrainerProtocol
{
    /// <summary>A node answers jobs of its own number alone.</summary>
    public const int Version = 1;

    /// <summary>Bytes of the largest message of each kind.</summary>
    public const int LargestJob = 4 << 20;
    public const int LargestResult = 256 << 10;
    public const int LargestBeat = 64 << 10;
    public const int LargestNotice = 4 << 10;

    /// <summary>Bytes of the largest content that is fetched or handed in.</summary>
    public const int LargestContent = 1 << 30;

    /// <summary>A node tells of itself as often as this, and at each change.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>Three beats and a little: a node that was silent for so long is taken for lost.</summary>
    public static readonly TimeSpan LongestSilence = (3 * BeatInterval) + TimeSpan.FromMilliseconds(500);
}
