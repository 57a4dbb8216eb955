using System.Text.Json.Nodes;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A place or a vector on the detector, row before column: "127.5 px, 128 px".</summary>
internal sealed class DetectorPointFormat(QuantityFormat<double> pixels) : ValueFormat<DetectorPoint>
{
    public override string Accepts => "row and column on the detector, such as '127.5 px, 128 px'";

    public override Parsed<DetectorPoint> Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 2)
        {
            return Parsed.Bad<DetectorPoint>($"{Quote(text)} is not a place on the detector", $"write {Accepts}");
        }

        Parsed<double> row = pixels.Parse(parts[0]);
        Parsed<double> column = pixels.Parse(parts[1]);
        Parsed<double> worse = row.IsGood ? column : row;
        return worse.IsGood
            ? Parsed.Good(new DetectorPoint(row.Value, column.Value))
            : Parsed.Bad<DetectorPoint>(worse.Problem!, worse.Remedy);
    }

    public override string Format(DetectorPoint value) =>
        $"{pixels.Format(value.Row)}, {pixels.Format(value.Column)}";

    public override JsonObject Schema()
    {
        string one = $@"{NumberText.Pattern}\s*{UnitTable.Pixels.Pattern}";
        return new JsonObject { ["type"] = "string", ["pattern"] = $@"^\s*{one}\s*,\s*{one}\s*$" };
    }
}
