using DklActors.Host.Commands;
using DklActors.Journal.Files;

namespace DklActors.Host.Serving;

/// <summary>
/// Everything that the daemon keeps: <c>runs/</c>, <c>campaigns/</c>, <c>recipes/</c>, <c>data/</c>, <c>logs/</c>,
/// <c>tokens.json</c>, <c>trainer.token</c>, <c>daemon.id</c>, and <c>daemon.json</c>, which tells other commands where
/// it listens. Locked while a daemon works in it.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Where a daemon that was told no other keeps its things.</summary>
    public const string Default = "dkl-data";

    private readonly FileStream _lock;

    private DataFolder(string root, FileStream heldLock)
    {
        Root = root;
        _lock = heldLock;
    }

    public string Root { get; }

    public string Runs => Path.Combine(Root, "runs");

    /// <summary>Campaigns, each with the runs of its regions.</summary>
    public string Campaigns => Path.Combine(Root, "campaigns");

    /// <summary>What the start page offers; written by those who run the machine, never by a request.</summary>
    public string Recipes => Path.Combine(Root, "recipes");

    /// <summary>Data sets that a recipe in a request may name.</summary>
    public string Data => Path.Combine(Root, "data");

    public string Logs => Path.Combine(Root, "logs");

    public string Exports => Path.Combine(Root, "exports");

    public string Tokens => TokensIn(Root);

    public string TrainerToken => Path.Combine(Root, Trainers.Secrets.TrainerToken.FileName);

    public string DaemonId => Path.Combine(Root, Trainers.Remote.DaemonId.FileName);

    public string Address => AddressIn(Root);

    public static string TokensIn(string root) => Path.Combine(root, "tokens.json");

    public static string AddressIn(string root) => Path.Combine(root, "daemon.json");

    /// <exception cref="UsageException">Another daemon works in it.</exception>
    public static DataFolder Open(string path)
    {
        string root = Path.GetFullPath(path);
        LocalFiles.Instance.MakeFolder(root);
        FileStream heldLock;
        try
        {
            heldLock = new FileStream(
                Path.Combine(root, "daemon.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new UsageException(
                $"{root} is in use by another daemon ({exception.Message}); stop that one, or choose another --data.");
        }

        var folder = new DataFolder(root, heldLock);
        foreach (string part in new[] { folder.Runs, folder.Campaigns, folder.Recipes, folder.Data, folder.Logs })
        {
            LocalFiles.Instance.MakeFolder(part);
        }

        // What an export left when the process died.
        if (Directory.Exists(folder.Exports))
        {
            Directory.Delete(folder.Exports, recursive: true);
        }

        return folder;
    }

    public void Dispose() => _lock.Dispose();
}
