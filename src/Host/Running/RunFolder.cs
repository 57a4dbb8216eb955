using System.Text;
using DklActors.Host.Commands;
using DklActors.Journal.Files;

namespace DklActors.Host.Running;

/// <summary>
/// The folder of one run: <c>recipe.yaml</c>, <c>run.id</c>, <c>journal.db</c>, <c>frames/</c>, <c>models/</c>,
/// <c>run.log</c>, <c>run.jsonl</c>, <c>figures/</c>,
/// <c>summary.json</c>.
/// Locked while it is open, so that two processes cannot work on one run.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    // Whether there was no such folder before.
    private bool _isNew;

    private RunFolder(string path, FileStream heldLock)
    {
        Root = path;
        _lock = heldLock;
    }

    public string Root { get; }

    public string Recipe => RecipeIn(Root);

    public string Journal => JournalIn(Root);

    public string Figures => Path.Combine(Root, "figures");

    public string Summary => Path.Combine(Root, "summary.json");

    /// <summary>The log for people.</summary>
    public string Log => Path.Combine(Root, "run.log");

    /// <summary>The same log for machines: one JSON object a line.</summary>
    public string JsonLog => Path.Combine(Root, "run.jsonl");

    public static string RecipeIn(string folder) => Path.Combine(folder, "recipe.yaml");

    /// <summary>Makes a folder for a new run; where that fails, nothing half made is left.</summary>
    /// <exception cref="UsageException">There is a run in it already.</exception>
    public static RunFolder Create(string path, string recipe)
    {
        string full = Path.GetFullPath(path);
        if (HoldsRun(full))
        {
            throw new UsageException(
                $"{path} holds a run already; continue it with --resume {path}, or choose another --out.");
        }

        bool isNew = !Directory.Exists(full);
        LocalFiles.Instance.MakeFolder(full);
        RunFolder? folder = null;
        try
        {
            folder = Lock(full);
            folder._isNew = isNew;
            // Without it the journal could never be continued, so it must be there before the first event is.
            DurableFile.Write(folder.Recipe, Encoding.UTF8.GetBytes(recipe));
            return folder;
        }
        catch
        {
            folder?.Dispose();
            if (isNew)
            {
                Directory.Delete(full, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Opens the folder of a run to continue it.</summary>
    /// <exception cref="UsageException">There is no run in it, or another process has it open.</exception>
    public static RunFolder OpenExisting(string path)
    {
        string full = Path.GetFullPath(path);
        return HoldsRun(full) && File.Exists(RecipeIn(full))
            ? Lock(full)
            : throw new UsageException($"{path} holds no run to continue: it has no run.id and recipe.yaml.");
    }

    /// <summary>Writes the summary whole or not at all: an older one is there until the new one is.</summary>
    public void WriteSummary(string json) => DurableFile.Write(Summary, Encoding.UTF8.GetBytes(json));

    /// <summary>Leaves nothing behind of a folder that was made for a run that never began.</summary>
    public void Abandon()
    {
        _lock.Dispose();
        if (_isNew && !HoldsRun(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Where SQLite keeps the journal, when it does.</summary>
    public static string JournalIn(string folder) => Path.Combine(folder, "journal.db");

    /// <summary>The name of the run, from before its first event.</summary>
    public static string RunIdFileIn(string folder) => Path.Combine(folder, "run.id");

    /// <summary>Whether a run was begun in a folder; earlier versions left only the journal to tell by.</summary>
    public static bool HoldsRun(string folder) => File.Exists(RunIdFileIn(folder)) || File.Exists(JournalIn(folder));

    /// <summary>Locks a folder for a run.</summary>
    /// <exception cref="UsageException">Another process has it open.</exception>
    public static RunFolder Lock(string full) => new(full, FolderLock.Take(full, "run.lock"));
}
