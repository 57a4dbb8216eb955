namespace DklActors.Reliability.Failpoints;

/// <summary>A named moment at which a process can be made to die.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Where">For people: the moment.</param>
/// <param name="Phase">When in a run it comes.</param>
internal sealed record Failpoint(string Name, string Where, RunPhase Phase)
{
    public const string UnblankBefore = "unblank-before";
    public const string UnblankAfter = "unblank-after";
    public const string BlankBefore = "blank-before";
    public const string BlankAfter = "blank-after";
    public const string ExposureDuring = "exposure-during";
    public const string ReadOutDuring = "read-out-during";
    public const string MoveDuring = "move-during";
    public const string ScanBefore = "scan-before";
    public const string ScanDuring = "scan-during";
    public const string ScanAfter = "scan-after";

    private static readonly (string Event, RunPhase Phase)[] Events =
    [
        ("experiment-started", RunPhase.Start),
        ("survey-intended", RunPhase.Start),
        ("survey-recorded", RunPhase.Start),
        ("experiment-continued", RunPhase.Middle),
        ("point-planned", RunPhase.Middle),
        ("exposure-intended", RunPhase.Middle),
        ("frame-recorded", RunPhase.Middle),
        ("point-scalarized", RunPhase.Middle),
        ("model-trained", RunPhase.Middle),
        ("experiment-completed", RunPhase.End),
    ];

    private static readonly (string Kind, RunPhase Phase)[] Contents =
        [("image", RunPhase.Start), ("frame", RunPhase.Middle), ("model", RunPhase.Middle)];

    private static readonly Failpoint[] Instruments =
    [
        new(ScanBefore, "scan of the structural image: before the beam is on", RunPhase.Start),
        new(ScanDuring, "scan of the structural image: in the middle", RunPhase.Start),
        new(ScanAfter, "scan of the structural image: beam just blanked", RunPhase.Start),
        new(MoveDuring, "probe: on its way", RunPhase.Middle),
        new(UnblankBefore, "beam: just before it is unblanked", RunPhase.Middle),
        new(UnblankAfter, "beam: just unblanked", RunPhase.Middle),
        new(ExposureDuring, "exposure: in the middle", RunPhase.Middle),
        new(BlankBefore, "beam: just before it is blanked", RunPhase.Middle),
        new(BlankAfter, "beam: just blanked", RunPhase.Middle),
        new(ReadOutDuring, "detector: during read-out", RunPhase.Middle),
    ];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<Failpoint> All { get; } =
        [.. Events.SelectMany(AtAppendOf), .. Contents.SelectMany(AtFileOf), .. Instruments];

    /// <summary>Before the journal is asked to append this kind of event.</summary>
    public static string AppendBefore(string manifest) => $"{manifest}-before";

    /// <summary>The event is durable and nobody has been told yet.</summary>
    public static string AppendCommitted(string manifest) => $"{manifest}-committed";

    /// <summary>The news is on its way to the experiment, which does not have it yet.</summary>
    public static string AppendAcknowledged(string manifest) => $"{manifest}-acknowledged";

    /// <summary>A step of making a content durable.</summary>
    public static string File(string kind, FileStep step) => $"{kind}-file-{step.ToString().ToLowerInvariant()}";

    private static IEnumerable<Failpoint> AtAppendOf((string Event, RunPhase Phase) it) =>
    [
        new(AppendBefore(it.Event), $"`{it.Event}`: before the append", it.Phase),
        new(AppendCommitted(it.Event), $"`{it.Event}`: durable, not acknowledged", it.Phase),
        new(AppendAcknowledged(it.Event), $"`{it.Event}`: acknowledged, not acted upon", it.Phase),
    ];

    private static IEnumerable<Failpoint> AtFileOf((string Kind, RunPhase Phase) it) =>
        Enum.GetValues<FileStep>().Select(
            step => new Failpoint(File(it.Kind, step), $"{it.Kind} file: {WordsOf(step)}", it.Phase));

    private static string WordsOf(FileStep step) => step switch
    {
        FileStep.Unwritten => "before it is written",
        FileStep.Torn => "half of it written",
        FileStep.Written => "synced, before the rename",
        FileStep.Renamed => "renamed, before the folder's sync",
        _ => "after the folder's sync",
    };
}
