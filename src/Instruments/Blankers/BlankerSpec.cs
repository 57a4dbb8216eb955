using System.Diagnostics.CodeAnalysis;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Blankers;

/// <summary>
/// Names a blanker that any process can reach, as text: <c>file:PATH</c> or <c>command:PATH</c>. Processes that are
/// to speak of the same one need the same text.
/// </summary>
/// <param name="Kind">How it is reached.</param>
/// <param name="Path">The file or the program.</param>
public sealed record BlankerSpec(BlankerKind Kind, string Path)
{
    private const char Separator = ':';

    /// <summary>What a person may write.</summary>
    public const string Accepts = "file:PATH or command:PATH";

    /// <summary>Reads a text; says whether it names a blanker, not whether there is one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BlankerSpec? spec)
    {
        spec = null;
        int separator = text?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (separator < 0)
        {
            return false;
        }

        string path = text![(separator + 1)..].Trim();
        BlankerKind? kind = text[..separator].Trim() switch
        {
            "file" => BlankerKind.File,
            "command" => BlankerKind.Command,
            _ => null,
        };
        spec = kind is { } known && path.Length > 0 && !path.Contains('\0') ? new BlankerSpec(known, path) : null;
        return spec is not null;
    }

    /// <summary>The same blanker with its full path.</summary>
    /// <param name="folder">Where a relative path starts.</param>
    public BlankerSpec From(string folder) => this with { Path = System.IO.Path.GetFullPath(Path, folder) };

    /// <summary>The blanker itself; nothing is done to the beam yet.</summary>
    public IBeam Open() => Kind == BlankerKind.File ? new FileBlanker(Path) : new CommandBlanker(Path);

    public override string ToString() => $"{(Kind == BlankerKind.File ? "file" : "command")}{Separator}{Path}";
}
