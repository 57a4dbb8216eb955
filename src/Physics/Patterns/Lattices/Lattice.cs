namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Two vectors that span a lattice of discs: reciprocal space, in px of the detector.</summary>
public readonly record struct Lattice(LatticeVector A, LatticeVector B)
{
    private const int MostSteps = 64;

    /// <summary>Area of a cell with its sign; zero where the vectors span nothing.</summary>
    public double Area => A.Cross(B);

    public LatticeVector At(double h, double k) => (h * A) + (k * B);

    /// <summary>Coordinates (h, k) of a vector.</summary>
    public (double H, double K) IndexOf(LatticeVector vector) => (vector.Cross(B) / Area, A.Cross(vector) / Area);

    /// <summary>
    /// The lattice of the inverse, a*·a = 1: from px of the detector to cycles a px, real space, and back.
    /// </summary>
    public Lattice Reciprocal()
    {
        double area = Area;
        return new Lattice(new LatticeVector(B.Y / area, -B.X / area), new LatticeVector(-A.Y / area, A.X / area));
    }

    /// <summary>
    /// The shortest two vectors of the same lattice (Lagrange and Gauss), in either order: a·b ≥ 0, and b clockwise of
    /// a on the screen.
    /// </summary>
    public Lattice Reduced()
    {
        (LatticeVector a, LatticeVector b) = (A, B);
        for (int i = 0; i < MostSteps; i++)
        {
            if (b.Length < a.Length)
            {
                (a, b) = (b, a);
            }

            double times = Math.Round(a.Dot(b) / a.Dot(a));
            if (times == 0)
            {
                break;
            }

            b -= times * a;
        }

        if (a.Dot(b) < 0)
        {
            b = -1 * b;
        }

        // A mirrored pair: −b would undo a·b ≥ 0, and exchanging the two is left.
        return new Lattice(a, b) is { Area: < 0 } mirrored ? new Lattice(mirrored.B, mirrored.A) : new Lattice(a, b);
    }
}
