namespace DklActors.Host.Recipes.Documents;

/// <summary>A recipe as nested keys and texts, not yet checked against the table of keys.</summary>
/// <param name="File">The file as the person named it.</param>
internal sealed record RecipeDocument(string File)
{
    /// <summary>Values by dotted path.</summary>
    public Dictionary<string, RecipeEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Locations of the mappings by dotted path.</summary>
    public Dictionary<string, string> Mappings { get; } = new(StringComparer.Ordinal);

    /// <summary>The regions that it lists; empty for a recipe of one experiment.</summary>
    public List<RegionDocument> Regions { get; } = [];

    /// <summary>FILE:LINE of the list, where there is one.</summary>
    public string? RegionsLocation { get; set; }

    /// <summary>Whether the data set of a preacquired microscope is not needed, and may be gone.</summary>
    public bool DataMayBeGone { get; init; }

    /// <summary>What is wrong with the file as such.</summary>
    public List<RecipeError> Errors { get; } = [];
}
