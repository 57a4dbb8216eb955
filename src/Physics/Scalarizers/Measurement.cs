using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Physics.Scalarizers;

/// <summary>
/// What a scalarizer is given: a frame, where it was taken, and its neighbours where it asked for any.
/// </summary>
/// <param name="Frame">What the detector read out.</param>
/// <param name="Place">Where the probe was, px of the structural image.</param>
public readonly record struct Measurement(Frame Frame, ProbePosition Place)
{
    /// <summary>
    /// Frames in the order of <see cref="IScalarizer.Neighbours"/>, null where one could not be measured; empty or
    /// default where the scalarizer needs none.
    /// </summary>
    public ImmutableArray<Frame?> Neighbours { get; init; } = [];
}
