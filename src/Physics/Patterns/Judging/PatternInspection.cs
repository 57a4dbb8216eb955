using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Judging;

/// <summary>Finds what spoils a pattern; looks at single pixels only after its extremes have told of one.</summary>
internal static class PatternInspection
{
    /// <param name="counts">The pattern.</param>
    /// <param name="mask">Where it is looked at.</param>
    /// <param name="sum">Sum over the mask; no number where a pixel holds none.</param>
    /// <param name="least">Least count in the mask.</param>
    /// <param name="greatest">Greatest count in the mask.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    public static Finding Of(
        ReadOnlySpan<float> counts, PatternMask mask, double sum, float least, float greatest,
        double? saturationCounts)
    {
        if (!double.IsFinite(sum) || !float.IsFinite(least) || !float.IsFinite(greatest))
        {
            return NoNumber(counts, mask);
        }

        if (least == 0 && greatest == 0 && !counts.ContainsAnyExcept(0f))
        {
            return Finding.Bad("The whole pattern is empty: no electron was recorded (was the beam blanked?).");
        }

        if (saturationCounts is { } level && greatest >= level)
        {
            return Finding.Suspect(
                $"{Saturated(counts, mask, level)} of {mask.PixelCount} pixels are saturated: "
                + "what they hold is a lower bound.");
        }

        return least < 0
            ? Finding.Suspect(
                $"{Negative(counts, mask)} of {mask.PixelCount} pixels hold negative counts "
                + "(dark subtraction?): the standard error from counting is too small.")
            : Finding.Good;
    }

    /// <summary>What is wrong with a pattern's shape, or nothing.</summary>
    public static Finding Fit(ReadOnlySpan<float> counts, GridShape shape, GridShape expected) =>
        counts.Length != shape.Count
            ? Finding.Bad($"A pattern of {counts.Length} counts does not fit a detector of {shape}.")
            : shape != expected
                ? Finding.Bad($"The pattern is {shape}, and what it is compared with is made for {expected}.")
                : Finding.Good;

    private static Finding NoNumber(ReadOnlySpan<float> counts, PatternMask mask)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (mask.Weights[i] != 0 && !float.IsFinite(counts[i]))
            {
                GridPoint pixel = mask.Shape.PointAt(i);
                return Finding.Bad($"Pixel (row {pixel.Row}, column {pixel.Column}) holds {counts[i]} counts.");
            }
        }

        return Finding.Bad("The sum of the counts is beyond all numbers.");
    }

    // No lambda: its closure would be allocated for every pattern, spoilt or not.
    private static int Saturated(ReadOnlySpan<float> counts, PatternMask mask, double saturationCounts)
    {
        int found = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            found += mask.Weights[i] != 0 && counts[i] >= saturationCounts ? 1 : 0;
        }

        return found;
    }

    private static int Negative(ReadOnlySpan<float> counts, PatternMask mask)
    {
        int found = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            found += mask.Weights[i] != 0 && counts[i] < 0 ? 1 : 0;
        }

        return found;
    }
}
