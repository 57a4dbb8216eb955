using System.Text.Json.Nodes;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A rectangle of the structural image, rows before columns: "10 .. 60 px, 0 .. 40 px".</summary>
internal sealed class RegionFormat : ValueFormat<PixelRegion>
{
    private const string Separator = "..";
    private const string Unit = "px";
    private const int MostPixels = 65_535;

    public override string Accepts =>
        "the first and last row and the first and last column, such as '10 .. 60 px, 0 .. 40 px'";

    public override Parsed<PixelRegion> Parse(string text)
    {
        string[] spans = text.Split(',');
        if (spans.Length != 2
            || SpanOf(spans[0]) is not (int firstRow, int lastRow)
            || SpanOf(spans[1]) is not (int firstColumn, int lastColumn))
        {
            return Parsed.Bad<PixelRegion>($"{Quote(text)} is not a region", $"write {Accepts}");
        }

        return firstRow <= lastRow && firstColumn <= lastColumn
            ? Parsed.Good(new PixelRegion(firstRow, lastRow, firstColumn, lastColumn))
            : Parsed.Bad<PixelRegion>($"{Quote(text)} is empty", "write the lower number first, twice");
    }

    public override string Format(PixelRegion value) => value.ToString();

    public override JsonObject Schema()
    {
        const string Span = @"\s*[0-9]{1,5}\s*(px)?\s*\.\.\s*[0-9]{1,5}\s*px\s*";
        return new JsonObject { ["type"] = "string", ["pattern"] = $"^{Span},{Span}$" };
    }

    private static (int First, int Last)? SpanOf(string text)
    {
        string[] ends = text.Split(Separator);
        bool isSpan = ends.Length == 2 && ends[1].TrimEnd().EndsWith(Unit, StringComparison.Ordinal);
        return isSpan && PixelOf(ends[0]) is int first && PixelOf(ends[1]) is int last ? (first, last) : null;
    }

    private static int? PixelOf(string text)
    {
        string number = text.Trim();
        number = number.EndsWith(Unit, StringComparison.Ordinal) ? number[..^Unit.Length].TrimEnd() : number;
        bool isNumber = number.Length is > 0 and <= 5 && number.All(char.IsAsciiDigit);
        return isNumber && int.Parse(number) is var pixel and <= MostPixels ? pixel : null;
    }
}
