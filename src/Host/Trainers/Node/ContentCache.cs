using DklActors.Journal.Files;
using DklActors.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// Contents on disk under their hash, up to a size; those that were used least recently go first. What is damaged is
/// removed. A disk that is full or refuses turns it off for a while: contents are then fetched each time.
/// </summary>
internal sealed class ContentCache
{
    private const string Unfinished = ".part";
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly IDurableFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentHash, LinkedListNode<Entry>> _entries = [];

    // The one that was used last is at the end.
    private readonly LinkedList<Entry> _byUse = [];
    private long _bytes;
    private long _restingSince;
    private bool _isResting;

    /// <param name="folder">Where; made if it is not there, kept from one process to the next.</param>
    /// <param name="mostBytes">Of all contents together.</param>
    /// <param name="files">How files are written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it is told that the disk refuses.</param>
    public ContentCache(string folder, long mostBytes, IDurableFiles files, TimeProvider time, ILogger log)
    {
        _folder = Path.GetFullPath(folder);
        _mostBytes = mostBytes;
        _files = files;
        _time = time;
        _log = log;
        try
        {
            files.MakeFolder(_folder);
            Take();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TurnOff(exception);
        }
    }

    /// <summary>Whether what is fetched is kept.</summary>
    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                _isResting = _isResting && _time.GetElapsedTime(_restingSince) < Rest;
                return !_isResting;
            }
        }
    }

    /// <summary>Bytes of all contents.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>A content, checked, or null where it is not there or damaged.</summary>
    public byte[]? Find(ContentHash hash)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(hash, out LinkedListNode<Entry>? entry))
            {
                return null;
            }

            _byUse.Remove(entry);
            _byUse.AddLast(entry);
        }

        byte[]? content = Read(PathOf(hash));
        if (content is not null && ContentHash.Of(content) == hash)
        {
            return content;
        }

        if (content is not null)
        {
            _log.LogWarning("Content {Hash} was damaged in the cache; it is fetched anew", hash);
        }

        lock (_gate)
        {
            Forget_NeedsLock(hash);
        }

        return null;
    }

    /// <summary>Keeps a content, if the disk lets it.</summary>
    public void Keep(ContentHash hash, byte[] content)
    {
        if (!IsOn || content.Length > _mostBytes)
        {
            return;
        }

        // One at a time: two of one hash would write one file.
        lock (_gate)
        {
            if (_entries.ContainsKey(hash))
            {
                return;
            }

            string path = PathOf(hash);
            try
            {
                while (_bytes + content.Length > _mostBytes)
                {
                    Forget_NeedsLock(_byUse.First!.Value.Hash);
                }

                _files.MakeFolder(Path.GetDirectoryName(path)!);
                _files.Write(path + Unfinished, content);
                _files.Rename(path + Unfinished, path);
                Remember_NeedsLock(new Entry(hash, content.Length));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                TurnOff(exception);
                Remove(path + Unfinished);
            }
        }
    }

    private void TurnOff(Exception exception)
    {
        _isResting = true;
        _restingSince = _time.GetTimestamp();
        _log.LogWarning(
            "The cache {Folder} is off for {Minutes} min, and contents are fetched each time: {Reason}",
            _folder, Rest.TotalMinutes, exception.Message);
    }

    // What an earlier process kept, the oldest first.
    private void Take()
    {
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(static file => file.LastAccessTimeUtc))
        {
            bool isContent = file.Name.Length == 2 * ContentHash.Length && file.Name.All(char.IsAsciiHexDigitLower);
            if (isContent)
            {
                Remember_NeedsLock(new Entry(ContentHash.Parse(file.Name), file.Length));
            }
            else if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                Remove(file.FullName);
            }
        }

        while (_bytes > _mostBytes)
        {
            Forget_NeedsLock(_byUse.First!.Value.Hash);
        }
    }

    private void Remember_NeedsLock(Entry entry)
    {
        _entries[entry.Hash] = _byUse.AddLast(entry);
        _bytes += entry.Bytes;
    }

    private void Forget_NeedsLock(ContentHash hash)
    {
        if (_entries.Remove(hash, out LinkedListNode<Entry>? entry))
        {
            _byUse.Remove(entry);
            _bytes -= entry.Value.Bytes;
            Remove(PathOf(hash));
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody cleared the folder, or the disk is bad: it is fetched anew.
            return null;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It takes room until somebody clears the folder.
        }
    }

    private string PathOf(ContentHash hash) => Path.Combine(_folder, hash.Hex[..2], hash.Hex);

    private sealed record Entry(ContentHash Hash, long Bytes);
}
