using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>What all discs of a pattern share.</summary>
/// <param name="Background">Counts a pixel between discs.</param>
/// <param name="Origin">Where the disc (0, 0) is.</param>
/// <param name="Lattice">Vectors of the lattice.</param>
/// <param name="Radius">Radius of the discs.</param>
/// <param name="Edge">Width of their edge.</param>
internal readonly record struct OverlapModel(
    double Background, PatternPoint Origin, Lattice Lattice, double Radius, double Edge)
{
    /// <summary>Distance from its centre beyond which a disc is not seen.</summary>
    public double Reach => Radius + (3 * Edge);

    /// <summary>The profile of a disc and its slope.</summary>
    public (double Value, double Slope) At(double distance)
    {
        double from = 4 * (distance - Radius) / Edge;
        if (from < -12)
        {
            return (1, 0);
        }

        double value = 1 / (1 + Math.Exp(from));
        return (value, -4 / Edge * value * (1 - value));
    }

    /// <summary>The model after a step of background, origin, vectors and radius.</summary>
    public OverlapModel Moved(ReadOnlySpan<double> step) => this with
    {
        Background = Math.Max(Background + step[0], 0),
        Origin = new PatternPoint(Origin.Row + step[2], Origin.Column + step[1]),
        Lattice = new Lattice(
            Lattice.A + new LatticeVector(step[3], step[4]), Lattice.B + new LatticeVector(step[5], step[6])),
        Radius = Radius + step[7],
    };
}
