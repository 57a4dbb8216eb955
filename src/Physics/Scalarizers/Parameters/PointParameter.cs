namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>A place or a vector on the detector.</summary>
public sealed record PointParameter(string Key, string Meaning) : ScalarizerParameter<DetectorPoint>(Key, Meaning)
{
    /// <summary>Largest coordinate, px.</summary>
    public const double Most = 65536;

    private protected override string? Problem(DetectorPoint value) =>
        Math.Abs(value.Row) <= Most && Math.Abs(value.Column) <= Most
            ? null
            : $"{Key} of {value} is out of range; choose coordinates within {-Most} .. {Most} px";

    private protected override string Text(DetectorPoint value) =>
        // A recipe writes minus nothing as nothing; added to nothing it is the same here.
        FormattableString.Invariant($"({value.Row + 0.0:R} px, {value.Column + 0.0:R} px)");
}
