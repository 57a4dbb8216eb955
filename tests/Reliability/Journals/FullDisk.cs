namespace DklActors.Reliability.Journals;

/// <summary>A disk without space from one moment on, as .NET tells of it on Linux.</summary>
/// <param name="name">The failpoint from which on there is no space; null where there is.</param>
/// <param name="passing">From which of its passings, from 1.</param>
internal sealed class FullDisk(string? name, int passing)
{
    private const int NoSpaceOnDevice = 28; // ENOSPC

    private int _passings;

    /// <summary>Whether the disk is full here; each call is a passing.</summary>
    public bool IsDue(string here) => here == name && ++_passings >= passing;

    public static IOException ErrorAt(string path) => new($"No space left on device : '{path}'", NoSpaceOnDevice);
}
