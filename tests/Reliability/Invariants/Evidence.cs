using DklActors.Actors.Experiments;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Processes;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Invariants;

/// <summary>What can be known of a run while no process of it lives.</summary>
/// <param name="Events">The journal, in order.</param>
/// <param name="Chain">What its verification says.</param>
/// <param name="Statements">What the processes said of themselves.</param>
/// <param name="Shots">What the column did.</param>
/// <param name="At">When this was taken, as a timestamp of the machine's monotonic clock.</param>
internal sealed record Evidence(
    IReadOnlyList<StoredEvent> Events,
    ChainReport Chain,
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<Shot> Shots,
    long At)
{
    /// <summary>The state that the journal leads to.</summary>
    public ExperimentState State { get; } = ExperimentState.Fold(Events.Select(stored => stored.Event));

    public static Evidence Of(VictimFolder folder)
    {
        IReadOnlyList<Statement> statements = Statement.ReadAll(folder.Witness);
        using ColumnRegister register = ColumnRegister.Open(folder.Column);
        (IReadOnlyList<StoredEvent> events, ChainReport chain) = JournalOf(folder);
        return new Evidence(events, chain, statements, register.Shots, TimeProvider.System.GetTimestamp());
    }

    private static (IReadOnlyList<StoredEvent> Events, ChainReport Chain) JournalOf(VictimFolder folder)
    {
        if (!File.Exists(folder.Journal) || new FileInfo(folder.Journal).Length == 0)
        {
            return ([], new ChainReport(0, 0, null));
        }

        try
        {
            SqliteJournalFile journal = SqliteJournalFile.Open(folder.Journal);
            return ([.. journal.Streams.SelectMany(stream => journal.Read(stream))], journal.Verify());
        }
        catch (JournalException exception)
        {
            return ([], new ChainReport(0, 0, exception.Message));
        }
    }
}
