using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>
/// Fits origin and vectors of a lattice to discs: r = r₀ + h·a + k·b, least squares weighted by height (py4DSTEM,
/// <c>fit_lattice_vectors</c>), with discs that are missing or lie elsewhere left out.
/// </summary>
/// <remarks>
/// Discs near the origin are indexed first and those further out with what they gave, so that a start that is some
/// percent off does not miscount. Discs further from their node than four times the median, and more than a tenth of a
/// pixel, are left out. The covariance propagates the counting errors of the discs through the linear fit.
/// </remarks>
/// <param name="Centre">Where the direct beam is expected: the nearest disc is the origin; null: the highest.</param>
/// <param name="Start">Vectors to start from; null: found in the discs.</param>
/// <param name="NodeTolerance">Greatest distance from a node, as a fraction of the shorter vector.</param>
public sealed record LatticeFitter(PatternPoint? Centre = null, Lattice? Start = null, double NodeTolerance = 0.2)
{
    private const int MostRounds = 12;
    private const double Always = 0.1;

    /// <summary>Fits the discs of one pattern.</summary>
    public LatticeFit Fit(ReadOnlySpan<Disc> discs)
    {
        if (discs.Length < 3)
        {
            return LatticeFit.Bad($"A lattice needs three discs or more; the pattern has {discs.Length}.");
        }

        int origin = OriginOf(discs);
        if (Start is { } start && TryFit(discs, origin, start, out LatticeFit fit) && 2 * fit.DiscsUsed >= discs.Length)
        {
            return fit;
        }

        return LatticeGuess.TryFind(discs, origin, out Lattice guess) && TryFit(discs, origin, guess, out fit)
            ? fit
            : LatticeFit.Bad($"No lattice goes through the {discs.Length} discs of the pattern.");
    }

    private int OriginOf(ReadOnlySpan<Disc> discs)
    {
        int nearest = 0;
        if (Centre is { } centre)
        {
            for (int i = 1; i < discs.Length; i++)
            {
                nearest = discs[i].Centre.DistanceTo(centre) < discs[nearest].Centre.DistanceTo(centre) ? i : nearest;
            }
        }

        return nearest;
    }

    private bool TryFit(ReadOnlySpan<Disc> discs, int origin, Lattice start, out LatticeFit fit)
    {
        var nodes = new NodeSums();
        (LatticeVector place, Lattice lattice) = (PlaceOf(discs[origin]), start);
        Span<double> distances = discs.Length <= 256 ? stackalloc double[discs.Length] : new double[discs.Length];
        double limit = NodeTolerance * Math.Min(start.A.Length, start.B.Length);
        fit = default;
        int order = 1, used = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            nodes = new NodeSums();
            int before = used;
            used = 0;
            foreach (Disc disc in discs)
            {
                (LatticeVector node, int h, int k) = Nearest(place, lattice, disc);
                double distance = (PlaceOf(disc) - node).Length;
                if (Math.Max(Math.Abs(h), Math.Abs(k)) <= order && distance <= limit)
                {
                    nodes.Add(disc, h, k);
                    distances[used++] = distance;
                }
            }

            if (nodes.TrySolve(out LatticeVector newPlace, out Lattice newLattice))
            {
                (place, lattice) = (newPlace, newLattice);
            }
            else if (order == int.MaxValue)
            {
                return false;
            }

            // Once all orders are in, the limit follows the spread; it has settled when the same discs are in.
            if (order == int.MaxValue)
            {
                Span<double> sorted = distances[..used];
                sorted.Sort();
                double next = Math.Min(limit, Math.Max(4 * sorted[used / 2], Always));
                if (used == before && next >= limit)
                {
                    break;
                }

                limit = next;
            }
            else
            {
                order = order >= 4 ? int.MaxValue : 2 * order;
            }
        }

        Finding finding = used < discs.Length / 2.0
            ? Finding.Suspect($"Only {used} of {discs.Length} discs lie on the lattice.")
            : Finding.Good;
        fit = new LatticeFit(
            new PatternPoint(place.Y, place.X), lattice, nodes.Covariance(), used, discs.Length - used,
            nodes.Residual(place, lattice), finding);
        return true;
    }

    private static (LatticeVector Node, int H, int K) Nearest(LatticeVector place, Lattice lattice, Disc disc)
    {
        (double h, double k) = lattice.IndexOf(PlaceOf(disc) - place);
        (h, k) = (Math.Clamp(Math.Round(h), -1e6, 1e6), Math.Clamp(Math.Round(k), -1e6, 1e6));
        return (place + lattice.At(h, k), (int)h, (int)k);
    }

    private static LatticeVector PlaceOf(Disc disc) => new(disc.Column, disc.Row);
}
