namespace DklActors.Host.Recipes.Sections;

/// <summary>How the first points are spread over the image.</summary>
public enum SeedDesign
{
    SpaceFilling,
    Random,

    /// <summary>The points that the data set names.</summary>
    Recorded,

    /// <summary>Chosen by a model that knows no scalar yet: that of the region before, or one never trained.</summary>
    Model,
}
