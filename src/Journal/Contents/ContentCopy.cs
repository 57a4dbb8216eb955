using DklActors.Journal.Files;

namespace DklActors.Journal.Contents;

/// <summary>Copies contents from one folder to another; those that are there already are not copied again.</summary>
/// <param name="from">Where they are.</param>
/// <param name="to">Where they are to be; may be half filled by a copy that was cut short.</param>
/// <param name="files">How files become durable.</param>
public sealed class ContentCopy(ContentFolder from, ContentFolder to, IDurableFiles files)
{
    private const string Unfinished = ".part";

    /// <summary>Contents that were copied.</summary>
    public long Copied { get; private set; }

    /// <summary>Contents that were there before.</summary>
    public long Kept { get; private set; }

    /// <summary>Bytes of the files that were copied.</summary>
    public long Bytes { get; private set; }

    /// <exception cref="IOException">A file cannot be read or written; what is copied is kept.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var changed = new HashSet<string>();
        foreach (StoredContent content in from.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = to.PathOf(content.Kind, content.Hash);
            // A file gets its name when it is durable and whole, so one of that name is not looked into.
            if (File.Exists(target) && new FileInfo(target).Length == new FileInfo(content.Path).Length)
            {
                Kept++;
                continue;
            }

            string folder = Path.GetDirectoryName(target)!;
            files.MakeFolder(Path.GetDirectoryName(folder)!);
            files.MakeFolder(folder);
            byte[] bytes = File.ReadAllBytes(content.Path);
            files.Write(target + Unfinished, bytes);
            files.Rename(target + Unfinished, target);
            changed.Add(folder);
            Copied++;
            Bytes += bytes.Length;
        }

        foreach (string folder in changed)
        {
            files.SyncFolder(folder);
        }
    }
}
