using DklActors.Learning.Engines;

namespace DklActors.Learning.Ensembles;

/// <summary>A member of a mixture.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Weight">Its weight, greater than 0.</param>
/// <param name="Process">Its model.</param>
public sealed record WeightedProcess(string Name, double Weight, ProcessModel Process);
