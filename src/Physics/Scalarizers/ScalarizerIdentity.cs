using System.Globalization;
using DklActors.Messages.Frames;

namespace DklActors.Physics.Scalarizers;

/// <summary>Writes identities as they are journaled: <c>band-mean/1 [10.5 eV .. 13.5 eV]</c>.</summary>
internal static class ScalarizerIdentity
{
    /// <param name="kind">Name of the kind.</param>
    /// <param name="version">Raised whenever the same frame may give other bits.</param>
    /// <param name="saturationCounts">Named in the identity only where given.</param>
    /// <param name="windows">Written with all their digits, so that equal identities mean equal scalars.</param>
    public static string Of(string kind, int version, double? saturationCounts, params EnergyWindow[] windows)
    {
        IEnumerable<string> parts = windows.Select(static window => string.Create(
            CultureInfo.InvariantCulture, $"[{window.Low.Value:R} eV .. {window.High.Value:R} eV]"));
        string identity = $"{kind}/{version} {string.Join(" / ", parts)}".TrimEnd();
        return saturationCounts is { } level
            ? string.Create(CultureInfo.InvariantCulture, $"{identity} saturating at {level:R} counts")
            : identity;
    }
}
