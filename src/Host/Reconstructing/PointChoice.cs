namespace DklActors.Host.Reconstructing;

/// <summary>Which candidates are measured.</summary>
internal enum PointChoice
{
    /// <summary>Spread evenly over the image.</summary>
    SpaceFilling = 1,

    /// <summary>A quarter spread evenly, then in rounds where the frame is least sure.</summary>
    MaximumUncertainty = 2,
}
