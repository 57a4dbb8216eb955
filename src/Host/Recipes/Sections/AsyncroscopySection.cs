namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope behind the servers of asyncroscopy, which read no beam back.</summary>
public sealed record AsyncroscopySection : RemoteSection
{
    /// <summary>Channels of a spectrum that is asked for.</summary>
    public required int SpectrumSize { get; init; }

    /// <summary>Whether a person accepts that nothing tells if the beam is blanked.</summary>
    public required bool GoesWithoutReadBack { get; init; }
}
