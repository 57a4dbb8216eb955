using DklActors.Journal.Storage;

namespace DklActors.Journal.Contents;

/// <summary>A file that holds a content.</summary>
/// <param name="Kind">What it is: frame, image, model.</param>
/// <param name="Hash">Hash of the content, by the file's name.</param>
/// <param name="Path">The file.</param>
public sealed record StoredContent(string Kind, ContentHash Hash, string Path)
{
    /// <summary>What a file holds by its name, or null where that is not a content's.</summary>
    internal static StoredContent? Of(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        string kind = System.IO.Path.GetExtension(path).TrimStart('.');
        bool isContent = kind.Length > 0
            && name.Length == 2 * ContentHash.Length && name.All(char.IsAsciiHexDigitLower);
        return isContent ? new StoredContent(kind, ContentHash.Parse(name), path) : null;
    }
}
