namespace DklActors.Learning.Posteriors;

/// <summary>What conditioning on one point added to a posterior.</summary>
/// <param name="Candidate">Where.</param>
/// <param name="Value">Observed or believed value, scalarizer's unit.</param>
/// <param name="Noise">Noise variance of this observation, unit².</param>
/// <param name="Pivot">Diagonal element of L, unit.</param>
/// <param name="Weight">Element of w = L⁻¹(y − μ), dimensionless.</param>
/// <param name="Values">Row of V = L⁻¹K(X, all), unit, padded to the coordinates' stride.</param>
internal sealed record PosteriorRow(
    int Candidate, double Value, double Noise, double Pivot, double Weight, RowValues Values);
