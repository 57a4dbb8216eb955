namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope that answers from a recorded data set: a structural image, and frames taken on it.</summary>
public sealed record PreacquiredSection : VirtualSection
{
    /// <summary>Full path of the data set, a file or a folder.</summary>
    public required string Data { get; init; }

    /// <summary>Name of the array with the structural image, rows × columns.</summary>
    public required string Image { get; init; }

    /// <summary>Full path of the data set with image and pixel size; null where it is <see cref="Data"/>.</summary>
    public required string? ImageData { get; init; }

    /// <summary>Name of the array with the frames: values, or spectra with their channels last.</summary>
    public required string Frames { get; init; }

    /// <summary>Name of the array with the pixels that have a frame, N × 2; null for every pixel or block.</summary>
    public required string? Positions { get; init; }

    /// <summary>Name of the array with the frames without noise, for scoring; null where there is none.</summary>
    public required string? Truth { get; init; }

    /// <summary>Null where the frames are values.</summary>
    public required EnergyCalibration? Energy { get; init; }

    public required PixelCalibration PixelSize { get; init; }

    /// <summary>Stored counts that one detected electron or photon makes.</summary>
    public required double CountsPerUnit { get; init; }

    /// <summary>
    /// Null: frames are returned as recorded. Otherwise each channel is drawn from a Poisson distribution whose mean
    /// is the stored value times this factor.
    /// </summary>
    public required double? PoissonFactor { get; init; }
}
