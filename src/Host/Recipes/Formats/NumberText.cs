using System.Globalization;
using System.Text.RegularExpressions;

namespace DklActors.Host.Recipes.Formats;

/// <summary>Splits "1.64 keV" into number and unit, and scales the number without rounding twice.</summary>
internal static partial class NumberText
{
    /// <summary>A decimal number, as a regular expression.</summary>
    public const string Pattern = @"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?";

    /// <summary>Number and unit, or null where the text does not begin with a number.</summary>
    public static (string Number, string Unit)? Split(string text)
    {
        Match match = NumberAndUnit().Match(text.Trim());
        return match.Success ? (match.Groups["number"].Value, match.Groups["unit"].Value) : null;
    }

    /// <summary>The number times the factor, rounded once where both fit a decimal; null for no number.</summary>
    public static double? Scale(string number, decimal factor)
    {
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !double.IsFinite(value))
        {
            return null;
        }

        // 1.001 keV is 1001 eV, where double arithmetic would give 1000.9999999999999. A decimal that had to drop
        // digits is no better than the double, and then the double is taken.
        bool exact = number.Length <= 25
            && Math.Abs(value) is 0 or (> 1e-9 and < 1e15)
            && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return exact
            ? (double)(decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) * factor)
            : value * (double)factor;
    }

    [GeneratedRegex("^(?<number>" + Pattern + @")\s*(?<unit>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();
}
