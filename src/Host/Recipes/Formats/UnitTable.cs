using System.Text.RegularExpressions;

namespace DklActors.Host.Recipes.Formats;

/// <summary>The units of one quantity; the first is the base unit, in which ranges are given.</summary>
/// <param name="Quantity">With its article: "a time".</param>
/// <param name="Units">The units, the base unit first.</param>
internal sealed record UnitTable(string Quantity, params Unit[] Units)
{
    public static readonly UnitTable Time = new("a time",
        new("ms", 1m), new("us", 0.001m, "µs", "μs"), new("s", 1000m), new("min", 60_000m), new("h", 3_600_000m));

    public static readonly UnitTable Length = new("a length",
        new("nm", 1m), new("A", 0.1m, "Å", "Å"), new("um", 1000m, "µm", "μm"));

    public static readonly UnitTable Pixels = new("a number of pixels", new Unit("px", 1m));

    public static readonly UnitTable DriftRate = new("a rate of drift", new("px/min", 1m), new("px/s", 60m));

    public static readonly UnitTable Energy = new("an energy",
        new("eV", 1m), new("meV", 0.001m), new("keV", 1000m));

    public static readonly UnitTable Angle = new("an angle", new Unit("deg", 1m, "°"));

    public static readonly UnitTable ScatteringAngle = new("a scattering angle", new("mrad", 1m), new("rad", 1000m));

    public static readonly UnitTable Voltage = new("a voltage", new Unit("kV", 1m));

    public static readonly UnitTable Current = new("a current",
        new("pA", 1m), new("fA", 0.001m), new("nA", 1000m));

    public static readonly UnitTable Dose = new("a dose",
        new("e/A^2", 1m, "e/Å^2", "e/Å²", "e/Å²"), new("e/nm^2", 0.01m, "e/nm²"));

    public static readonly UnitTable DataSize = new("a size",
        new("B", 1m), new("kB", 1e3m), new("MB", 1e6m), new("GB", 1e9m), new("TB", 1e12m));

    public Unit Base => Units[0];

    /// <summary>"us, ms, s, min or h".</summary>
    public string Names => Phrases.Alternatives(Units.OrderBy(static u => u.Factor).Select(static u => u.Name));

    /// <summary>All the spellings, as a regular expression.</summary>
    public string Pattern =>
        $"({string.Join('|', Units.SelectMany(static unit => unit.Spellings).Select(Regex.Escape))})";

    public Unit? Find(string name) => Array.Find(Units, unit => unit.Spellings.Contains(name));
}
