namespace DklActors.Actors.Interlock;

/// <summary>Holds exposures back while the disk of the run folder has less free space than the floor.</summary>
/// <remarks>Lets go only at a quarter above the floor, so that it does not flicker.</remarks>
public sealed class FreeDiskSuspender(string folder, long floorInBytes, Func<string, long> freeBytes) : ISuspender
{
    private const double Release = 1.25;

    private bool _low;

    public string Name => "disk";

    /// <summary>Free bytes for this user on the disk that holds a folder.</summary>
    public static long FreeBytesOf(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;

    public string? Check()
    {
        long free;
        try
        {
            free = freeBytes(folder);
        }
        catch (IOException exception)
        {
            return $"The disk of {folder} does not answer: {exception.Message}";
        }

        _low = free < (_low ? floorInBytes * Release : floorInBytes);
        return _low
            ? $"Only {free / 1_000_000} MB are free for {folder}; the floor is {floorInBytes / 1_000_000} MB."
            : null;
    }
}
