namespace DklActors.Physics.Scalarizers;

/// <summary>A scalarizer that can show what it fitted.</summary>
public interface IDrawsFit
{
    /// <summary>The fitted curves of a measurement; empty where nothing is fitted, or nothing could be.</summary>
    IReadOnlyList<FittedCurve> Draw(in Measurement measurement);
}
