namespace DklActors.Host.Recipes.Sections;

/// <summary>A rectangle of the structural image, its first and last rows and columns included, px.</summary>
public readonly record struct PixelRegion(int FirstRow, int LastRow, int FirstColumn, int LastColumn)
{
    public override string ToString() => $"{FirstRow} .. {LastRow} px, {FirstColumn} .. {LastColumn} px";
}
