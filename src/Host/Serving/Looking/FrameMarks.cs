using DklActors.Host.Previewing;
using DklActors.Host.Serving.Contract;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Serving.Looking;

/// <summary>Where in a frame a scalarizer looks.</summary>
internal static class FrameMarks
{
    private static readonly (string Inner, string Outer)[] Rings =
    [
        ("innerRadius", "outerRadius"), ("innerAngle", "outerAngle"), ("ringFrom", "ringTo"), ("", "radius"),
        ("", "discRadius"),
    ];

    public static IReadOnlyList<WindowView> WindowsOf(ScalarizerSpec spec) =>
    [
        .. ScalarizerCatalog.Find(spec.Kind)!.WindowsOf(spec).Select(static window => new WindowView(
            window.Name, window.Name, window.Window.Low.Value, window.Window.High.Value)),
    ];

    public static IReadOnlyList<RingView> RingsOf(ScalarizerSpec spec, GridShape shape)
    {
        (double row, double column) = DetectorRing.CentreOf(spec, shape);
        double? pixelAngle = spec.Values.GetValueOrDefault("pixelAngle") as double?;
        List<RingView> rings = [];
        foreach ((string innerKey, string outerKey) in Rings)
        {
            double? inner = spec.Values.GetValueOrDefault(innerKey) as double?;
            bool isAngle = outerKey.EndsWith("Angle", StringComparison.Ordinal);
            double pixel = isAngle ? pixelAngle ?? double.NaN : 1;
            if (spec.Values.GetValueOrDefault(outerKey) is double outer && double.IsFinite(pixel))
            {
                rings.Add(new RingView(
                    innerKey.Length > 0 ? $"{innerKey}, {outerKey}" : outerKey, outerKey, inner ?? 0, outer,
                    isAngle ? "mrad" : "px", row, column, (inner ?? 0) / pixel, outer / pixel));
            }
        }

        return rings;
    }
}
