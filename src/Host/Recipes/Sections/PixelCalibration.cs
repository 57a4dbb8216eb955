using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>Where the pixel size of a recorded structural image comes from.</summary>
public abstract record PixelCalibration;

/// <summary>The pixel size is given in the recipe.</summary>
public sealed record GivenPixelSize(Nanometre Size) : PixelCalibration;

/// <summary>The pixel size is a number of the data set, in <paramref name="Unit"/>.</summary>
public sealed record RecordedPixelSize(string Array, LengthUnit Unit) : PixelCalibration;
