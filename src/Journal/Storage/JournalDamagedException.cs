namespace DklActors.Journal.Storage;

/// <summary>What is stored does not match its checksum, its predecessor or its sequence.</summary>
public sealed class JournalDamagedException(string message, Exception? innerException = null)
    : JournalException(message, innerException);
