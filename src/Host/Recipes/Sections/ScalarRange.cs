namespace DklActors.Host.Recipes.Sections;

/// <summary>A range of scalars, or a single one, in the scalarizer's unit.</summary>
public readonly record struct ScalarRange(double Low, double High);
