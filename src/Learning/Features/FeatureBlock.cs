namespace DklActors.Learning.Features;

/// <summary>Columns of one kind, not yet standardised.</summary>
/// <param name="Name">Name of the kind.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Values">count × width values, row-major.</param>
/// <param name="IsOneSpace">Whether the columns are coordinates of one space, see <see cref="FeatureSpan"/>.</param>
internal sealed record FeatureBlock(string Name, int Width, float[] Values, bool IsOneSpace);
