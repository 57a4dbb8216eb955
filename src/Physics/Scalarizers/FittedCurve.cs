namespace DklActors.Physics.Scalarizers;

/// <summary>A curve that a scalarizer fitted on its way to the number: for people to look at over the frame.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Energies">eV.</param>
/// <param name="Counts">Expected counts per channel there, with everything that was subtracted put back.</param>
public sealed record FittedCurve(string Label, double[] Energies, double[] Counts);
