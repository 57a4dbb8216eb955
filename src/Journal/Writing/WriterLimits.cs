namespace DklActors.Journal.Writing;

/// <summary>How long and how much a writer may be asked to bear.</summary>
/// <param name="Name">The journal, for people.</param>
/// <param name="Deadline">Longest time an append may take; after it the request counts as failed.</param>
/// <param name="Queue">Requests that may wait; one more is refused at once.</param>
internal sealed record WriterLimits(string Name, TimeSpan Deadline, int Queue);
