namespace DklActors.Journal.Storage;

/// <summary>The journal did not do what was asked of it; nothing of the request may be taken as recorded.</summary>
public class JournalException : Exception
{
    public JournalException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
