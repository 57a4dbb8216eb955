namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>
/// What a disk may hold after the power failed at some moment. All that was asked of a file before its last fsync is
/// there; of what was asked later any part may be, down to single sectors, in any order. The same for the names in a
/// folder: POSIX promises no more.
/// </summary>
internal sealed class PowerCut
{
    private const int Sector = 512;

    private readonly Random _random;
    private readonly int _mood;
    private readonly Dictionary<string, MemoryStream> _files = [];
    private readonly HashSet<string> _folders = [];

    private PowerCut(string folder, int seed)
    {
        _random = new Random(seed);
        _mood = _random.Next(4);
        _folders.Add(folder);
    }

    /// <param name="operations">Everything that was asked, in order.</param>
    /// <param name="count">How much of it came before the power failed.</param>
    /// <param name="folder">The folder they are about.</param>
    /// <param name="seed">Chooses what of the rest is there.</param>
    public static PowerCut After(IReadOnlyList<DiskOperation> operations, int count, string folder, int seed)
    {
        var cut = new PowerCut(folder, seed);
        var lastSync = new Dictionary<string, int>();
        // Backwards through renames, a file that is renamed later keeps the syncs of its earlier name.
        var names = new Dictionary<string, string>();
        for (int i = 0; i < count; i++)
        {
            if (operations[i] is DiskOperation.Sync sync)
            {
                lastSync[IdentityOf(sync.Path, names)] = i;
            }
            else if (operations[i] is DiskOperation.Make made)
            {
                names[made.Path] = $"{made.Path}#{i}";
            }
            else if (operations[i] is DiskOperation.Rename rename)
            {
                names[rename.To] = IdentityOf(rename.Path, names);
                names.Remove(rename.Path);
            }
        }

        names.Clear();
        for (int i = 0; i < count; i++)
        {
            DiskOperation operation = operations[i];
            if (operation is DiskOperation.Make made)
            {
                names[made.Path] = $"{made.Path}#{i}";
            }

            bool isAboutNames = operation is DiskOperation.Make or DiskOperation.Rename or DiskOperation.Remove;
            string identity = isAboutNames
                ? System.IO.Path.GetDirectoryName(operation.Path)!
                : IdentityOf(operation.Path, names);
            // A folder's names are durable once it was synced by its own name, which never changes here.
            int durableUntil = lastSync.GetValueOrDefault(IdentityOf(identity, names), -1);
            cut.Apply(operation, isDurable: i < durableUntil);
            if (operation is DiskOperation.Rename rename)
            {
                names[rename.To] = IdentityOf(rename.Path, names);
                names.Remove(rename.Path);
            }
        }

        return cut;
    }

    /// <summary>Puts what is left into a folder.</summary>
    public void WriteTo(string folder, string target)
    {
        foreach (string path in _folders)
        {
            Directory.CreateDirectory(Moved(path));
        }

        foreach ((string path, MemoryStream bytes) in _files)
        {
            // A folder whose own name was lost takes its files along.
            if (_folders.Contains(System.IO.Path.GetDirectoryName(path)!))
            {
                File.WriteAllBytes(Moved(path), bytes.ToArray());
            }
        }

        string Moved(string path) => target + path[folder.Length..];
    }

    private static string IdentityOf(string path, Dictionary<string, string> names) =>
        names.GetValueOrDefault(path, path);

    private void Apply(DiskOperation operation, bool isDurable)
    {
        if (operation is DiskOperation.Sync || (!isDurable && !IsKept()))
        {
            return;
        }

        switch (operation)
        {
            case DiskOperation.Make { IsFolder: true }:
                _folders.Add(operation.Path);
                break;
            case DiskOperation.Make:
                _files.TryAdd(operation.Path, new MemoryStream());
                break;
            case DiskOperation.Rename rename when _files.Remove(rename.Path, out MemoryStream? moved):
                _files[rename.To] = moved;
                break;
            case DiskOperation.Remove:
                _files.Remove(operation.Path);
                break;
            case DiskOperation.Truncate truncate when _files.TryGetValue(truncate.Path, out MemoryStream? cut):
                cut.SetLength(truncate.Length);
                break;
            case DiskOperation.Write write when _files.TryGetValue(write.Path, out MemoryStream? written):
                Write(written, write, isDurable);
                break;
        }
    }

    private void Write(MemoryStream file, DiskOperation.Write write, bool isDurable)
    {
        long offset = write.Offset ?? file.Length;
        for (int at = 0; at < write.Bytes.Length; at += Sector)
        {
            if (isDurable || _mood != 3 || _random.Next(2) == 0)
            {
                file.Position = offset + at;
                file.Write(write.Bytes.AsSpan(at, Math.Min(Sector, write.Bytes.Length - at)));
            }
        }
    }

    // All is lost, all is there, or any part of it, whole or torn.
    private bool IsKept() => _mood switch
    {
        0 => false,
        1 => true,
        _ => _random.Next(2) == 0,
    };
}
