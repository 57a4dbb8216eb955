namespace DklActors.Journal.Storage;

/// <summary>The stream does not end where its writer believed it to end: two writers, or a bug.</summary>
public sealed class SequenceConflictException(string stream, long expected, long found) : JournalException(
    $"Stream '{stream}' ends at sequence number {found}, not at {expected} as its writer expected. "
    + "Two writers on one stream are an error; nothing was written.");
