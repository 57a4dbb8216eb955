using System.Text.Json.Nodes;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Formats;

/// <summary>An energy window, "1.64 keV .. 1.86 keV".</summary>
internal sealed class WindowFormat(QuantityFormat<ElectronVolt> bound) : ValueFormat<EnergyWindow>
{
    private const string Separator = "..";

    public override string Accepts => "two energies, LOW .. HIGH, such as '1.64 keV .. 1.86 keV'";

    public override Parsed<EnergyWindow> Parse(string text)
    {
        // "1. .. 2." holds the separator's dots in its numbers, so the separator is the one with blanks, if any.
        int at = text.IndexOf($" {Separator} ", StringComparison.Ordinal);
        at = at >= 0 ? at + 1 : text.IndexOf(Separator, StringComparison.Ordinal);
        if (at < 0)
        {
            return Parsed.Bad<EnergyWindow>($"{Quote(text)} is not a window", $"write {Accepts}");
        }

        Parsed<ElectronVolt> low = bound.Parse(text[..at].Trim());
        Parsed<ElectronVolt> high = bound.Parse(text[(at + Separator.Length)..].Trim());
        Parsed<ElectronVolt> worse = low.IsGood ? high : low;
        if (!worse.IsGood)
        {
            return Parsed.Bad<EnergyWindow>(worse.Problem!, worse.Remedy);
        }

        return low.Value < high.Value
            ? Parsed.Good(new EnergyWindow(low.Value, high.Value))
            : Parsed.Bad<EnergyWindow>($"{Quote(text)} is empty", "write the lower energy first");
    }

    public override string Format(EnergyWindow value) =>
        $"{bound.Format(value.Low)} {Separator} {bound.Format(value.High)}";

    public override JsonObject Schema()
    {
        string one = $@"{NumberText.Pattern}\s*{UnitTable.Energy.Pattern}";
        return new JsonObject { ["type"] = "string", ["pattern"] = $@"^\s*{one}\s*\.\.\s*{one}\s*$" };
    }
}
