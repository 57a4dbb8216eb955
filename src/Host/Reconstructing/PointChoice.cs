namespace DklActors.Host.Reconstructing;

/// <summary>Which candidates are measured; the first is the default.</summary>
internal enum PointChoice
{
    /// <summary>Half spread evenly, the others in rounds where a frame would tell most.</summary>
    MaximumUncertainty = 1,

    /// <summary>Spread evenly over the image.</summary>
    SpaceFilling = 2,
}
