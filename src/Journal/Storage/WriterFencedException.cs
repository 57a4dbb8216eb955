namespace DklActors.Journal.Storage;

/// <summary>Another writer has opened the journal since; this one must not write any more.</summary>
public sealed class WriterFencedException(int ownEpoch, int currentEpoch) : JournalException(
    $"The journal is now written in epoch {currentEpoch}; this writer's epoch {ownEpoch} is over. "
    + "Another process has taken up the run: end this one.");
