using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

/// <summary>Behaviour that every back end has; each test gets a journal of its own.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private protected JournalContract(TestJournal journal) => Journal = journal;

    private protected TestJournal Journal { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Journal.Dispose();
        return Task.CompletedTask;
    }
}
