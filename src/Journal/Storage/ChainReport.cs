namespace DklActors.Journal.Storage;

/// <summary>Outcome of a verification.</summary>
/// <param name="Events">Events checked before the first fault, or all.</param>
/// <param name="Contents">Contents checked.</param>
/// <param name="FirstFault">What is wrong first and where, or null when all is well.</param>
public sealed record ChainReport(long Events, long Contents, string? FirstFault)
{
    public bool IsIntact => FirstFault is null;
}
