using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Previewing;

/// <summary>A circle on the detector, px, drawn as px without a value.</summary>
internal readonly record struct DetectorRing(double Row, double Column, double Radius)
{
    private static readonly string[] Radii =
        ["radius", "innerRadius", "outerRadius", "discRadius", "ringFrom", "ringTo"];
    private static readonly string[] Angles = ["innerAngle", "outerAngle"];

    /// <summary>What a scalarizer of patterns takes for their centre, px.</summary>
    public static (double Row, double Column) CentreOf(ScalarizerSpec spec, GridShape shape) =>
        spec.Values.GetValueOrDefault("centre") is DetectorPoint centre
            ? (centre.Row, centre.Column)
            : ((shape.Rows - 1) / 2.0, (shape.Columns - 1) / 2.0);

    /// <summary>The circles that a scalarizer of patterns is told of, about its centre.</summary>
    public static IEnumerable<DetectorRing> Of(ScalarizerSpec spec, GridShape shape)
    {
        (double row, double column) = CentreOf(spec, shape);
        double? pixelAngle = spec.Values.GetValueOrDefault("pixelAngle") as double?;
        IEnumerable<double> radii = Radii.Select(key => spec.Values.GetValueOrDefault(key)).OfType<double>();
        IEnumerable<double> angles = pixelAngle is { } angle
            ? Angles.Select(key => spec.Values.GetValueOrDefault(key)).OfType<double>().Select(value => value / angle)
            : [];
        return radii.Concat(angles).Select(radius => new DetectorRing(row, column, radius));
    }

    public void Draw(double[] values, GridShape shape)
    {
        int steps = Math.Max(16, (int)(8 * Radius));
        for (int i = 0; i < steps; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / steps);
            var pixel = new GridPoint(
                (int)Math.Round(Row + (Radius * sine)), (int)Math.Round(Column + (Radius * cosine)));
            if (shape.Contains(pixel))
            {
                values[shape.IndexOf(pixel)] = double.NaN;
            }
        }
    }
}
