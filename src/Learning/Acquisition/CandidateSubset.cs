using DklActors.Learning.Randomness;

namespace DklActors.Learning.Acquisition;

/// <summary>A bounded part of the candidates, where all of them would cost too much.</summary>
internal static class CandidateSubset
{
    /// <summary>Candidates drawn uniformly without replacement; all of them where there are no more.</summary>
    public static int[] Draw(int candidates, int wanted, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, candidates)];
        if (wanted >= candidates)
        {
            return order;
        }

        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.ReferenceCandidates);
        for (int i = 0; i < wanted; i++)
        {
            int other = i + random.NextIndex(candidates - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order[..wanted];
    }

    /// <summary>
    /// The positions of the greatest values, greatest first; of equals, the lowest first. All where there are no more.
    /// </summary>
    public static int[] Greatest(ReadOnlySpan<double> values, int wanted)
    {
        double[] keys = new double[values.Length];
        int[] order = new int[values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = -values[i];
            order[i] = i;
        }

        Array.Sort(order, (left, right) =>
            keys[left].CompareTo(keys[right]) is var difference && difference != 0 ? difference : left - right);
        return order[..Math.Min(wanted, order.Length)];
    }
}
