namespace DklActors.Learning.Acquisition;

/// <summary>The last step of a decision: from scores to the candidate.</summary>
public static class NextPoint
{
    public const int None = -1;

    /// <summary>
    /// The candidate of the greatest score that is not excluded; of equals, the one of lowest number.
    /// </summary>
    /// <param name="scores">One score a candidate; NaN never wins.</param>
    /// <param name="excluded">One flag a candidate, or empty when none is excluded.</param>
    /// <returns>The candidate, or <see cref="None"/> when all are excluded or NaN.</returns>
    public static int Choose(ReadOnlySpan<double> scores, ReadOnlySpan<bool> excluded)
    {
        if (!excluded.IsEmpty && excluded.Length != scores.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores need as many flags, not {excluded.Length}.", nameof(excluded));
        }

        int best = None;
        for (int i = 0; i < scores.Length; i++)
        {
            bool open = excluded.IsEmpty || !excluded[i];
            if (open && !double.IsNaN(scores[i]) && (best == None || scores[i] > scores[best]))
            {
                best = i;
            }
        }

        return best;
    }
}
