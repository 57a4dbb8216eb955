using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>The unblanked beam stood at a place of the sample for a while.</summary>
internal readonly record struct BeamStay(ProbePosition Place, TimeSpan Duration);
