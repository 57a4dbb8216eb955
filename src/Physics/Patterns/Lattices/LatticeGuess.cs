using DklActors.Physics.Patterns.Discs;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Finds a lattice in the differences of discs, of which nothing is known before.</summary>
/// <remarks>
/// Differences that occur often are candidates; the pair of them that puts most of the discs' weight on nodes wins. A
/// pair that spans too small a cell indexes as much, and so the largest cell among the nearly best is taken.
/// </remarks>
internal static class LatticeGuess
{
    private const int MostDiscs = 40;
    private const int MostDifferences = 128;
    private const int MostCandidates = 24;
    private const double NodeTolerance = 0.15;
    private const double NearlyBest = 0.92;
    private const double LeastSine = 0.3;

    /// <summary>Looks for a lattice through one of the discs.</summary>
    /// <returns>False where fewer than three discs, or all on one line, fix none.</returns>
    public static bool TryFind(ReadOnlySpan<Disc> discs, int origin, out Lattice lattice)
    {
        lattice = default;
        Span<LatticeVector> candidates = stackalloc LatticeVector[MostCandidates];
        int count = Candidates(discs.Length > MostDiscs ? discs[..MostDiscs] : discs, candidates);
        double best = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            double area = 0, perimeter = 0;
            for (int i = 0; i < count; i++)
            {
                for (int j = i + 1; j < count; j++)
                {
                    var tried = new Lattice(candidates[i], candidates[j]);
                    double size = Math.Abs(tried.Area), around = candidates[i].Length + candidates[j].Length;
                    if (size < LeastSine * candidates[i].Length * candidates[j].Length)
                    {
                        continue;
                    }

                    double score = Score(discs, discs[origin], tried);
                    if (pass == 0)
                    {
                        best = Math.Max(best, score);
                    }
                    else if (score >= NearlyBest * best
                        && (size > 1.1 * area || (size > 0.9 * area && around < perimeter)))
                    {
                        (lattice, area, perimeter) = (tried, size, around);
                    }
                }
            }
        }

        lattice = best > 0 ? lattice.Reduced() : default;
        return best > 0;
    }

    // The weight of the discs on nodes.
    private static double Score(ReadOnlySpan<Disc> discs, Disc origin, Lattice lattice)
    {
        double tolerance = NodeTolerance * Math.Min(lattice.A.Length, lattice.B.Length), score = 0;
        foreach (Disc disc in discs)
        {
            var from = new LatticeVector(disc.Column - origin.Column, disc.Row - origin.Row);
            (double h, double k) = lattice.IndexOf(from);
            if ((from - lattice.At(Math.Round(h), Math.Round(k))).Length < tolerance)
            {
                // The direct beam may outshine all others together.
                score += Math.Sqrt(Math.Max(disc.Height, 0));
            }
        }

        return score;
    }

    // The most frequent of the shortest differences, each the mean of those that are alike. A disc that does not belong
    // makes short differences too, but none of them twice.
    private static int Candidates(ReadOnlySpan<Disc> discs, Span<LatticeVector> candidates)
    {
        Span<LatticeVector> differences = stackalloc LatticeVector[MostDifferences];
        Span<int> votes = stackalloc int[MostDifferences];
        int count = Differences(discs, differences, votes);
        int chosen = 0;
        for (; chosen < Math.Min(count, candidates.Length); chosen++)
        {
            int most = 0;
            for (int i = 1; i < count; i++)
            {
                most = votes[i] > votes[most] ? i : most;
            }

            candidates[chosen] = differences[most];
            votes[most] = -1;
        }

        return chosen;
    }

    // Sorted by length.
    private static int Differences(ReadOnlySpan<Disc> discs, Span<LatticeVector> candidates, Span<int> votes)
    {
        int count = 0;
        for (int i = 0; i < discs.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                var difference = new LatticeVector(discs[i].Column - discs[j].Column, discs[i].Row - discs[j].Row);
                if (difference.Y < 0 || (difference.Y == 0 && difference.X < 0))
                {
                    difference = -1 * difference;
                }

                if (!TryJoin(candidates[..count], votes, difference))
                {
                    count = Insert(candidates, votes, count, difference);
                }
            }
        }

        return count;
    }

    private static bool TryJoin(Span<LatticeVector> candidates, Span<int> votes, LatticeVector difference)
    {
        double tolerance = Math.Max(1, 0.06 * difference.Length);
        for (int i = 0; i < candidates.Length; i++)
        {
            // Beside the cut of the half plane a difference may be the other way round.
            foreach (int sign in (ReadOnlySpan<int>)[1, -1])
            {
                if ((candidates[i] - (sign * difference)).Length < tolerance)
                {
                    double share = 1.0 / ++votes[i];
                    candidates[i] += share * ((sign * difference) - candidates[i]);
                    return true;
                }
            }
        }

        return false;
    }

    private static int Insert(Span<LatticeVector> candidates, Span<int> votes, int count, LatticeVector difference)
    {
        if (count == candidates.Length)
        {
            if (difference.Length >= candidates[count - 1].Length)
            {
                return count;
            }

            count--;
        }

        int at = count;
        for (; at > 0 && candidates[at - 1].Length > difference.Length; at--)
        {
            (candidates[at], votes[at]) = (candidates[at - 1], votes[at - 1]);
        }

        (candidates[at], votes[at]) = (difference, 1);
        return count + 1;
    }
}
