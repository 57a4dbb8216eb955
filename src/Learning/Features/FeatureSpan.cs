namespace DklActors.Learning.Features;

/// <summary>Where a block of features lies among the columns.</summary>
/// <param name="Name">Name of the block.</param>
/// <param name="First">Its first column.</param>
/// <param name="Width">How many columns.</param>
/// <param name="IsOneSpace">
/// Whether its columns are coordinates of one space, such as position, rather than quantities of different kinds.
/// </param>
internal readonly record struct FeatureSpan(string Name, int First, int Width, bool IsOneSpace);
