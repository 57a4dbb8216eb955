using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns.Fields;

/// <summary>Reads what makes a field of a displacement.</summary>
internal static class FieldReader
{
    public static readonly ScalarizerParameter[] Parameters =
        [PatternParameters.PixelAngle, PatternParameters.BeamEnergy, PatternParameters.Thickness];

    public static FieldCalibration CalibrationOf(ScalarizerSpec spec) => new(
        spec.Get(PatternParameters.PixelAngle), new ElectronBeam(spec.Get(PatternParameters.BeamEnergy)),
        spec.Get(PatternParameters.Thickness));

    /// <summary>A field needs angles.</summary>
    public static string? ProblemOf(ScalarizerSpec spec) => spec.Find(PatternParameters.PixelAngle) is null
        ? "it needs pixelAngle: a field is made of angles, not of px"
        : null;
}
