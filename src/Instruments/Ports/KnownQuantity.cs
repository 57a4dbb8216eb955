using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Ports;

/// <summary>One thing that is true of a sample at every place.</summary>
/// <param name="Name">Lower case with hyphens, such as strain-xx.</param>
/// <param name="Unit">Unit of the values; empty for a plain number.</param>
/// <param name="Meaning">What it is, with sign and axes, for people.</param>
/// <param name="At">The value where the probe stands.</param>
public sealed record KnownQuantity(string Name, string Unit, string Meaning, Func<ProbePosition, double> At);
