namespace DklActors.Host.Recipes.Sections;

/// <summary>Unit of a stored pixel size.</summary>
public enum LengthUnit
{
    /// <summary>Micrometres.</summary>
    Um,

    /// <summary>Nanometres.</summary>
    Nm,
}
