namespace DklActors.Learning.Engines;

/// <summary>Standardised target = (value − <paramref name="Offset"/>) / <paramref name="Scale"/>.</summary>
/// <param name="Offset">In the scalarizer's unit.</param>
/// <param name="Scale">In the scalarizer's unit, greater than 0.</param>
public readonly record struct TargetScaling(double Offset, double Scale)
{
    /// <summary>Of scalars that nothing is known of yet: as they are.</summary>
    public static readonly TargetScaling None = new(0.0, 1.0);

    public double Standardise(double value) => (value - Offset) / Scale;
}
