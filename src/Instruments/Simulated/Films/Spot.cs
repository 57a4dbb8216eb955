using DklActors.Instruments.Simulated.Patterns;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>A round region with a soft rim: an inclusion, an amorphous region or a hole.</summary>
/// <param name="Row">Centre, nm.</param>
/// <param name="Column">Centre, nm.</param>
/// <param name="Radius">Where the rim is half way, nm.</param>
/// <param name="Sign">Of what the region does.</param>
internal readonly record struct Spot(double Row, double Column, double Radius, int Sign)
{
    /// <summary>1 inside, 0 outside, with a rim of a given standard deviation.</summary>
    public double Cover(double row, double column, double rim) => 0.5 * ErrorFunction.Complement(
        (double.Hypot(row - Row, column - Column) - Radius) / (Math.Sqrt(2) * rim));
}
