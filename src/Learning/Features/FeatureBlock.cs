namespace DklActors.Learning.Features;

/// <summary>Columns of one kind, not yet standardised: count × width values, row-major.</summary>
internal sealed record FeatureBlock(string Name, int Width, float[] Values);
