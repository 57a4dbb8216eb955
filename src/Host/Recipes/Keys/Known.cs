using DklActors.Host.Recipes.Formats;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Formats that several keys share.</summary>
internal static class Known
{
    public static readonly QuantityFormat<ElectronVolt> Energy = Energies(-1e5, 1e6);

    public static readonly ValueFormat<string> ArrayName =
        new TextFormat("the name of an array in the data set", 128, "^[^\\s/]+(/[^\\s/]+)*$");

    public static readonly ValueFormat<string> DataPath =
        new TextFormat("the path of a data set", ValueFormat.LongestText, "^.*\\S.*$");

    public static readonly ValueFormat<string> FilePath =
        new TextFormat("the path of a file", ValueFormat.LongestText, "^.*\\S.*$");

    public static readonly ValueFormat<string> Word =
        new TextFormat("a name without blanks", 64, "^[!-~]+$");

    public static readonly ValueFormat<string> ArrayPath =
        new TextFormat("the path of a data file, or FILE#ARRAY", ValueFormat.LongestText, "^.*\\S.*$");

    /// <param name="least">Least time in ms.</param>
    /// <param name="most">Longest time in ms.</param>
    public static QuantityFormat<TimeSpan> Times(double least, double most) => new(
        UnitTable.Time, least, most,
        static ms => TimeSpan.FromTicks((long)Math.Round(ms * TimeSpan.TicksPerMillisecond)),
        static time => (double)((decimal)time.Ticks / TimeSpan.TicksPerMillisecond));

    /// <param name="least">Least energy in eV.</param>
    /// <param name="most">Largest energy in eV.</param>
    public static QuantityFormat<ElectronVolt> Energies(double least, double most) => new(
        UnitTable.Energy, least, most, static value => new ElectronVolt(value), static energy => energy.Value);

    public static QuantityFormat<Nanometre> Lengths() => new(
        UnitTable.Length, 1e-3, 1e6, static value => new Nanometre(value), static length => length.Value);

    public static QuantityFormat<double> Pixels(double least, double most) => new(
        UnitTable.Pixels, least, most, static value => value, static value => value);

    public static QuantityFormat<int> WholePixels(int least, int most) => new(
        UnitTable.Pixels, least, most, static value => (int)value, static value => value, isWhole: true);
}
