using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A number with its unit inside a closed range, such as "16 px" or "1e4 e/A^2".</summary>
/// <param name="units">The units that are accepted.</param>
/// <param name="least">Least value in base units.</param>
/// <param name="most">Largest value in base units.</param>
/// <param name="fromBase">Makes the value from a number of base units.</param>
/// <param name="toBase">The number of base units of a value.</param>
/// <param name="isWhole">Whether only whole numbers of base units make sense.</param>
internal sealed class QuantityFormat<T>(
    UnitTable units, double least, double most, Func<double, T> fromBase, Func<T, double> toBase, bool isWhole = false)
    : ValueFormat<T>
    where T : notnull
{
    public override string Accepts =>
        $"{Quantity} in {units.Names}, {Range}";

    private string Quantity => isWhole ? units.Quantity.Replace("a number", "a whole number") : units.Quantity;

    private string Range => $"{TextOf(least)} .. {TextOf(most)}";

    public override Parsed<T> Parse(string text)
    {
        if (NumberText.Split(text) is not (string number, string unitName))
        {
            return Parsed.Bad<T>($"{Quote(text)} is not {units.Quantity}", $"write {Accepts}");
        }

        if (units.Find(unitName) is not Unit unit)
        {
            string problem = unitName.Length == 0
                ? $"{Quote(text)} has no unit"
                : $"{Quote(unitName)} is not a unit of {units.Quantity}";
            return Parsed.Bad<T>(problem, $"write {Accepts}");
        }

        if (NumberText.Scale(number, unit.Factor) is not double value || value < least || value > most)
        {
            return Parsed.Bad<T>($"{Quote(text)} is out of range", $"choose within {Range}");
        }

        return isWhole && value != Math.Floor(value)
            ? Parsed.Bad<T>($"{Quote(text)} is not whole", $"write {Accepts}")
            : Parsed.Good(fromBase(value));
    }

    public override string Format(T value) => TextOf(toBase(value));

    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["pattern"] = $@"^\s*{NumberText.Pattern}\s*{units.Pattern}\s*$",
    };

    // The largest unit in which the number is at least one and reads back exactly: 1.64 keV, not 1640 eV.
    private string TextOf(double value)
    {
        foreach (Unit unit in units.Units.OrderByDescending(static unit => unit.Factor))
        {
            string number = Phrases.Number(value / (double)unit.Factor);
            if (Math.Abs(value) >= (double)unit.Factor && NumberText.Scale(number, unit.Factor) == value)
            {
                return $"{number} {unit.Name}";
            }
        }

        return $"{Phrases.Number(value)} {units.Base.Name}";
    }
}
