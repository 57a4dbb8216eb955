namespace DklActors.Instruments.Simulated.Films;

/// <summary>Indices in multiples of 200 and 020, vector in nm⁻¹, strength over the direct beam.</summary>
internal sealed record Reflection(int H, int K, double X, double Y, double Strength);
