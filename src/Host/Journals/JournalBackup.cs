using DklActors.Host.Commands;
using DklActors.Host.Running;
using DklActors.Journal.Contents;
using DklActors.Journal.Files;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Host.Journals;

/// <summary>What a backup did.</summary>
/// <param name="Report">Verification of the copy.</param>
/// <param name="Contents">What was copied beside the journal.</param>
internal sealed record BackupOutcome(ChainReport Report, ContentCopy Contents);

/// <summary>
/// A copy of a run that can be continued, replayed and exported like the run itself. The journal is copied first and
/// the contents after it, so that each content that the copy names is there; the copy gets its name once it is
/// verified. Cut short, it is taken up again; repeated, it brings an older copy up to date.
/// </summary>
internal sealed class JournalBackup(string run, string destination)
{
    private readonly string _run = Path.GetFullPath(run);
    private readonly string _destination = Path.GetFullPath(destination);

    private string Unfinished => RunFolder.JournalIn(_destination) + ".part";

    /// <exception cref="UsageException">There is no run, or the destination holds something else.</exception>
    /// <exception cref="JournalException">The journal cannot be read or copied.</exception>
    public BackupOutcome Run(CancellationToken cancellationToken)
    {
        if (!RunJournal.IsInFolder(_run))
        {
            throw new UsageException(
                $"The journal of {_run} is kept in PostgreSQL. Copy the database with pg_dump, "
                + "and the folder after it.");
        }

        var source = OpenedRun.Open(_run);
        RequireOtherFolder();
        RequireOwn(source);
        LocalFiles.Instance.MakeFolder(_destination);
        using var held = RunFolder.Lock(_destination);
        SqliteBackup.Copy(RunFolder.JournalIn(_run), Unfinished);
        cancellationToken.ThrowIfCancellationRequested();
        var contents = new ContentCopy(new ContentFolder(_run), new ContentFolder(_destination), LocalFiles.Instance);
        contents.Run(cancellationToken);
        CopyBesides();
        ChainReport report = SqliteJournalFile.Open(Unfinished).Verify();
        if (report.IsIntact)
        {
            LocalFiles.Instance.Rename(Unfinished, RunFolder.JournalIn(_destination));
            LocalFiles.Instance.SyncFolder(_destination);
        }

        return new BackupOutcome(report, contents);
    }

    // What a run needs beside its journal and contents to be taken up; earlier versions had no file for the name.
    private void CopyBesides()
    {
        foreach (Func<string, string> file in new[] { RunFolder.RecipeIn, RunFolder.RunIdFileIn })
        {
            if (File.Exists(file(_run)))
            {
                DurableFile.Write(file(_destination), File.ReadAllBytes(file(_run)));
            }
        }
    }

    private void RequireOtherFolder()
    {
        string inside = _run.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if ((_destination + Path.DirectorySeparatorChar).StartsWith(inside, StringComparison.Ordinal))
        {
            throw new UsageException($"{_destination} is the run itself or lies in it; name a folder elsewhere.");
        }
    }

    /// <summary>What is there must be an earlier copy of this run, to which nothing was added.</summary>
    private void RequireOwn(OpenedRun source)
    {
        if (!Directory.Exists(_destination) || !Directory.EnumerateFileSystemEntries(_destination).Any())
        {
            return;
        }

        if (File.Exists(RunFolder.JournalIn(_destination)))
        {
            var earlier = OpenedRun.Open(_destination);
            long end = earlier.LastSequence();
            StoredEvent last = earlier.Read(end - 1).First();
            if (source.Stream != earlier.Stream || source.Read(end - 1).FirstOrDefault()?.Checksum != last.Checksum)
            {
                throw new UsageException(
                    $"{_destination} holds another run, or a copy that was continued; name another folder.");
            }
        }
        else if (!File.Exists(Unfinished))
        {
            throw new UsageException($"{_destination} is not empty and holds no copy of the run; name another.");
        }
    }
}
