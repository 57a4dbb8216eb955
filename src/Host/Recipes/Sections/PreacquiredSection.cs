namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope that answers from a recorded data set (.npz): an image and a frame for each pixel.</summary>
public sealed record PreacquiredSection : MicroscopeSection
{
    /// <summary>Full path of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>Name of the array with the structural image, rows × columns.</summary>
    public required string Image { get; init; }

    /// <summary>Name of the array with the frames, rows × columns × channels.</summary>
    public required string Frames { get; init; }

    public required EnergyCalibration Energy { get; init; }

    public required PixelCalibration PixelSize { get; init; }

    /// <summary>Stored counts that one detected electron or photon makes.</summary>
    public required double CountsPerUnit { get; init; }

    /// <summary>
    /// Null: frames are returned as recorded. Otherwise each channel is drawn from a Poisson distribution whose mean
    /// is the stored value times this factor.
    /// </summary>
    public required double? PoissonFactor { get; init; }
}
