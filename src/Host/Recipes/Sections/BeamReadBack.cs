namespace DklActors.Host.Recipes.Sections;

/// <summary>How it is known whether the beam is blanked, where the microscope itself does not say.</summary>
public enum BeamReadBack
{
    /// <summary>It is not: what was asked for is believed.</summary>
    None,
}
