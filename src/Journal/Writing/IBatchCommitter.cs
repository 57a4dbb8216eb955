using DklActors.Journal.Storage;

namespace DklActors.Journal.Writing;

/// <summary>The back end's part of writing; called by the writer thread alone.</summary>
internal interface IBatchCommitter : IDisposable
{
    /// <summary>
    /// Makes the appends of a batch durable in one transaction, except those that do not fit the end of their stream.
    /// Their contents are durable before.
    /// </summary>
    /// <returns>One outcome an append, in their order.</returns>
    /// <exception cref="WriterFencedException">Another writer has taken over; nothing was written.</exception>
    /// <exception cref="Exception">Whatever went wrong: nothing of the batch may be assumed.</exception>
    IReadOnlyList<AppendOutcome> Commit(IReadOnlyList<PendingAppend> batch);
}
