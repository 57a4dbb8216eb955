namespace DklActors.Host.Recipes.Sections;

/// <summary>How the first points are spread over the image.</summary>
public enum SeedDesign
{
    SpaceFilling,
    Random,

    /// <summary>The points that the data set names.</summary>
    Recorded,
}
