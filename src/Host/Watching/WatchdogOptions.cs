namespace DklActors.Host.Watching;

/// <summary>Which watchdog is used, and how soon it has to act.</summary>
internal sealed record WatchdogOptions
{
    /// <summary>Environment variable with the address of a watchdog that runs already, such as systemd's.</summary>
    public const string AddressVariable = "DKL_WATCHDOG";

    // The path of a Unix socket has room for about this many bytes.
    private const int LongestAddress = 100;

    /// <summary>Path of the watchdog's socket.</summary>
    public required string Address { get; init; }

    /// <summary>Whether one is started where none listens.</summary>
    public required bool Starts { get; init; }

    /// <summary>Log of one that is started.</summary>
    public string? LogFile { get; init; }

    /// <summary>
    /// File with the blankers that are armed, one a line, so that they can be blanked when everything else has failed.
    /// </summary>
    public string? Ledger { get; init; }

    /// <summary>Silence after which the watchdog blanks: 50 ms to 1 min.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time between two heartbeats.</summary>
    public TimeSpan Interval => Silence / 5;

    /// <summary>How long a watchdog may take to start and to arm.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The watchdog that the environment names, or one of one's own, which listens in a folder and keeps its log there.
    /// </summary>
    public static WatchdogOptions In(string folder)
    {
        string full = Path.GetFullPath(folder);
        string? given = Environment.GetEnvironmentVariable(AddressVariable);
        return new WatchdogOptions
        {
            Address = given is { Length: > 0 } ? given : AddressIn(full),
            Starts = given is not { Length: > 0 },
            LogFile = Path.Combine(full, "watchdog.log"),
            Ledger = LedgerIn(full),
        };
    }

    public static string LedgerIn(string folder) => Path.Combine(folder, "blankers.txt");

    // Where the folder's own path is too long, a fresh folder that only this user can enter.
    private static string AddressIn(string folder)
    {
        string address = Path.Combine(folder, "watchdog.sock");
        return System.Text.Encoding.UTF8.GetByteCount(address) <= LongestAddress
            ? address
            : Path.Combine(Directory.CreateTempSubdirectory("dkl-").FullName, "watchdog.sock");
    }
}
