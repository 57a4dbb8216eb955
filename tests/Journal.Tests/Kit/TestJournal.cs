using DklActors.Journal.Storage;

namespace DklActors.Journal.Tests.Kit;

/// <summary>A journal of some back end in a place of its own, gone afterwards; and what others may do to it.</summary>
internal abstract class TestJournal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-journal-");

    /// <summary>Where contents are kept.</summary>
    public string Folder => _folder.FullName;

    /// <summary>A word of what an append is told that waited for a lock in vain.</summary>
    public abstract string WordOfLock { get; }

    /// <summary>Opens the journal to write a stream, and whatever others the back end allows.</summary>
    public abstract IEventStore Open(
        TimeProvider? time = null, TimeSpan? deadline = null, int queueLimit = 1024, string stream = "run");

    public abstract IJournalReader OpenForReading();

    /// <summary>Opens the journal so that each of several streams can be written, by one store or by several.</summary>
    public abstract IReadOnlyDictionary<string, IEventStore> OpenEach(params string[] streams);

    /// <summary>Runs statements behind the journal's back.</summary>
    public abstract void Tamper(string sql);

    public abstract T Ask<T>(string sql);

    /// <summary>Bytes as a literal of the back end.</summary>
    public abstract string Literal(ReadOnlySpan<byte> bytes);

    /// <summary>Keeps every writer out until it is disposed.</summary>
    public abstract IDisposable Lock();

    /// <summary>Transactions by which the events came in.</summary>
    public abstract int CountCommits();

    public virtual void Dispose() => _folder.Delete(recursive: true);
}
