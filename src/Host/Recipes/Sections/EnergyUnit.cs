namespace DklActors.Host.Recipes.Sections;

/// <summary>Unit of a stored energy axis.</summary>
public enum EnergyUnit
{
    /// <summary>Electronvolts.</summary>
    EV,

    /// <summary>Thousands of electronvolts.</summary>
    KeV,
}
