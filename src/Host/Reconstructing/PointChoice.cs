namespace DklActors.Host.Reconstructing;

/// <summary>Which candidates are measured; the first is the default.</summary>
internal enum PointChoice
{
    /// <summary>A quarter spread evenly, then in rounds where the frame is least sure.</summary>
    MaximumUncertainty = 1,

    /// <summary>Spread evenly over the image.</summary>
    SpaceFilling = 2,
}
