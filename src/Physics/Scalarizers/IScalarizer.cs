using System.Collections.Immutable;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Turns one measurement into one number: the physics that is searched for.</summary>
/// <remarks>Pure and thread-safe: the same measurement always gives the same bits.</remarks>
public interface IScalarizer
{
    /// <summary>Kind, parameters and version, as journaled: <c>band-mean/1 [10.5 eV .. 13.5 eV]</c>.</summary>
    string Identity { get; }

    /// <summary>Unit of the value, such as counts; empty for a ratio.</summary>
    string Unit { get; }

    /// <summary>
    /// Neighbouring points whose frames are needed too, in px of the structural image; the pipeline measures each
    /// that has not been. Empty for a scalarizer of single frames.
    /// </summary>
    ImmutableArray<GridOffset> Neighbours => [];

    /// <summary>
    /// Value with its standard error from counting statistics; a measurement that cannot be used gives
    /// <see cref="ScalarQuality.Bad"/> with the reason and never an exception.
    /// </summary>
    ScalarResult Evaluate(in Measurement measurement);
}
