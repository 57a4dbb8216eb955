using DklActors.Messages.Units;

namespace DklActors.Messages.Geometry;

/// <summary>Where the stage that carries the sample stands, in the stage's own coordinates.</summary>
public readonly record struct StagePosition(Nanometre X, Nanometre Y)
{
    /// <param name="x">In nm.</param>
    /// <param name="y">In nm.</param>
    public static StagePosition OfNanometres(double x, double y) => new(new Nanometre(x), new Nanometre(y));

    public bool IsFinite => double.IsFinite(X.Value) && double.IsFinite(Y.Value);

    /// <summary>Euclidean distance.</summary>
    public Nanometre DistanceTo(StagePosition other) =>
        new(double.Hypot(X.Value - other.X.Value, Y.Value - other.Y.Value));

    public override string ToString() => FormattableString.Invariant($"({X.Value:0.###}, {Y.Value:0.###}) nm");
}
