using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns;

/// <summary>
/// A scalarizer of diffraction patterns. What it measures with depends on the shape of the patterns, which the first
/// one tells; all others have the same, or it is made anew.
/// </summary>
/// <typeparam name="TMeter">What it measures with; thread-safe.</typeparam>
internal abstract class PatternScalarizer<TMeter> : IScalarizer
    where TMeter : class
{
    private volatile Made? _made;

    /// <param name="kind">The kind that makes it.</param>
    /// <param name="spec">A specification that was checked.</param>
    protected PatternScalarizer(ScalarizerKind kind, ScalarizerSpec spec)
    {
        Spec = spec;
        Identity = kind.IdentityOf(spec);
    }

    private sealed record Made(GridShape Shape, TMeter? Meter, string? Problem);

    public string Identity { get; }

    public abstract string Unit { get; }

    /// <summary>What it was told.</summary>
    protected ScalarizerSpec Spec { get; }

    public virtual ImmutableArray<GridOffset> Neighbours => [];

    public ScalarResult Evaluate(in Measurement measurement)
    {
        if (measurement.Frame is not PatternFrame frame)
        {
            return ScalarResult.Bad("This scalarizer needs a diffraction pattern, and this frame is none.");
        }

        Made made = _made is { } last && last.Shape == frame.Shape ? last : Remake(frame.Shape);
        return made.Meter is { } meter
            ? Measure(meter, frame, in measurement).ToResult()
            : ScalarResult.Bad(made.Problem!);
    }

    /// <summary>Makes what measures patterns of a shape.</summary>
    /// <exception cref="ArgumentException">Patterns of this shape cannot be measured as it was told.</exception>
    protected abstract TMeter Make(GridShape shape);

    /// <summary>The number of a pattern.</summary>
    protected abstract Measured Measure(TMeter meter, PatternFrame frame, in Measurement measurement);

    private Made Remake(GridShape shape)
    {
        try
        {
            return _made = new Made(shape, Make(shape), null);
        }
        catch (ArgumentException exception)
        {
            return _made = new Made(shape, null, exception.Message.Split(" (Parameter")[0]);
        }
    }
}
