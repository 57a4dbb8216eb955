using System.Collections.Immutable;
using DklActors.Host.Running;
using DklActors.Journal.Contents;
using DklActors.Journal.Storage;

namespace DklActors.Host.Journals;

/// <summary>A file that no event names.</summary>
internal readonly record struct UnnamedFile(string Path, long Bytes);

/// <summary>Finds and removes the files of contents that no event names.</summary>
/// <remarks>The run must be locked: what is being written may be named by the next event.</remarks>
internal sealed class JournalPrune(RunFolder folder)
{
    /// <exception cref="JournalException">The journal cannot be read, or is damaged.</exception>
    public ImmutableArray<UnnamedFile> Find()
    {
        IJournalReader journal = RunJournal.OpenForReading(folder.Root);
        // What a damaged journal seems not to name may be what it is to be mended with.
        if (journal.Verify().FirstFault is { } fault)
        {
            throw new JournalException($"{fault} Nothing is removed from the run while its journal is not intact.");
        }

        HashSet<ContentHash> named = [.. journal.Read(RunJournal.RunIdIn(folder.Root) ?? string.Empty)
            .SelectMany(static stored => NamedContent.Of(stored))
            .Select(static content => content.Hash)];
        var contents = new ContentFolder(folder.Root);
        return
        [
            .. contents.List().Where(content => !named.Contains(content.Hash)).Select(static content => content.Path)
                .Concat(contents.Remains())
                .Order(StringComparer.Ordinal)
                .Select(static path => new UnnamedFile(path, new FileInfo(path).Length)),
        ];
    }

    public static void Remove(IEnumerable<UnnamedFile> files)
    {
        foreach (UnnamedFile file in files)
        {
            File.Delete(file.Path);
        }
    }
}
