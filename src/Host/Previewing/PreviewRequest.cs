namespace DklActors.Host.Previewing;

/// <summary>What to preview.</summary>
/// <param name="File">A data file.</param>
/// <param name="Array">The array of its frames; null for the one that a rule picks.</param>
/// <param name="With">The scalarizer, as key and value of a recipe's section of that name.</param>
/// <param name="CountsPerUnit">Stored value of one detected electron or photon.</param>
/// <param name="Folder">Where the figures go; null for beside the working folder, after the file's name.</param>
/// <param name="Json">Whether the last line is a JSON object.</param>
internal sealed record PreviewRequest(
    string File,
    string? Array,
    IReadOnlyList<(string Key, string Value)> With,
    double CountsPerUnit,
    string? Folder,
    bool Json);
