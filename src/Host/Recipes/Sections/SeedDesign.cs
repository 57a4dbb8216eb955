namespace DklActors.Host.Recipes.Sections;

/// <summary>How the first points are spread over the image.</summary>
public enum SeedDesign
{
    SpaceFilling,
    Random,
}
