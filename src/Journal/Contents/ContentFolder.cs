using DklActors.Journal.Files;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Contents;

/// <summary>
/// Raw frames, images and model states as files that are named by their hash, beside the journal that names them:
/// <c>frames/3f/3f9c….frame</c>, <c>models/a0/a01b….model</c>. What is stored is never changed; what no event names is
/// only removed when somebody asks for it.
/// </summary>
public sealed class ContentFolder
{
    private const string Models = "models";
    private const string Frames = "frames";
    private const string Unfinished = ".part";

    private readonly IDurableFiles _files;

    /// <param name="root">Folder of the run.</param>
    public ContentFolder(string root)
        : this(root, LocalFiles.Instance)
    {
    }

    /// <param name="root">Folder of the run.</param>
    /// <param name="files">How files become durable.</param>
    public ContentFolder(string root, IDurableFiles files)
    {
        Root = Path.GetFullPath(root);
        _files = files;
    }

    public string Root { get; }

    /// <summary>
    /// Stores contents; on return each is durable under its name. A file that is there already is left alone, unless
    /// it is damaged. After a failure some may be there, which harms nothing.
    /// </summary>
    /// <exception cref="IOException">No space, or the device refused.</exception>
    internal void Store(IEnumerable<EncodedContent> contents)
    {
        var changed = new HashSet<string>();
        foreach (EncodedContent encoded in contents)
        {
            string path = PathOf(encoded.Content.Kind, encoded.Content.Hash);
            string folder = Path.GetDirectoryName(path)!;
            // A name may be there that never became durable, since the process died before it did.
            changed.Add(folder);
            if (IsSound(path, encoded.Content.Hash))
            {
                continue;
            }

            _files.MakeFolder(Path.GetDirectoryName(folder)!);
            _files.MakeFolder(folder);
            _files.Write(path + Unfinished, encoded.File);
            _files.Rename(path + Unfinished, path);
        }

        foreach (string folder in changed)
        {
            _files.SyncFolder(folder);
        }
    }

    /// <summary>A stored content, checked against its hash, or null where there is none.</summary>
    /// <exception cref="JournalDamagedException">Its bytes do not match.</exception>
    public ReadOnlyMemory<byte>? Find(ContentHash hash)
    {
        string? path = PathsOf(hash).FirstOrDefault();
        return path is null ? default(ReadOnlyMemory<byte>?) : Read(path, hash);
    }

    /// <summary>Every content, in no order; files that are none are left out.</summary>
    public IEnumerable<StoredContent> List() => new[] { Frames, Models }
        .Select(name => Path.Combine(Root, name))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Select(StoredContent.Of)
        .OfType<StoredContent>();

    /// <summary>What is left of contents whose storing was cut short; nothing can name them.</summary>
    public IEnumerable<string> Remains() => new[] { Frames, Models }
        .Select(name => Path.Combine(Root, name))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Unfinished, SearchOption.AllDirectories));

    /// <summary>Where a content is, or would be.</summary>
    public string PathOf(string kind, ContentHash hash)
    {
        string name = hash.Hex;
        return Path.Combine(Root, kind == "model" ? Models : Frames, name[..2], $"{name}.{kind}");
    }

    private IEnumerable<string> PathsOf(ContentHash hash)
    {
        string name = hash.Hex;
        return new[] { Frames, Models }
            .Select(folder => Path.Combine(Root, folder, name[..2]))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, name + ".*"))
            .Where(path => !path.EndsWith(Unfinished, StringComparison.Ordinal));
    }

    private static bool IsSound(string path, ContentHash hash)
    {
        try
        {
            return File.Exists(path) && ContentHash.Of(ContentFile.Read(File.ReadAllBytes(path))) == hash;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Read(string path, ContentHash hash)
    {
        byte[] content;
        try
        {
            content = ContentFile.Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException exception)
        {
            throw new JournalDamagedException(
                $"Content {hash} is damaged: {exception.Message.TrimEnd('.')} ({path}).", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Content {hash} cannot be read: {exception.Message}", exception);
        }

        ContentHash found = ContentHash.Of(content);
        return found == hash
            ? content
            : throw new JournalDamagedException(
                $"Content {hash} is damaged: its bytes have the hash {found} ({path}).");
    }
}
