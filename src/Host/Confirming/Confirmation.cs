using DklActors.Learning.Scoring;
using DklActors.Messages.Geometry;
using DklActors.Physics.Decompositions;

namespace DklActors.Host.Confirming;

/// <summary>A decomposition beside what the run found.</summary>
/// <param name="Frames">What was decomposed.</param>
/// <param name="Factors">Its components.</param>
/// <param name="Found">What the run says of each place: prediction, or its scalar; NaN where it says nothing.</param>
/// <param name="FoundIs">What that is, in words.</param>
/// <param name="Agreements">Of each component.</param>
internal sealed record Confirmation(
    CollectedFrames Frames, NonNegativeFactors Factors, double[] Found, string FoundIs, Agreement[] Agreements)
{
    public static Confirmation Of(
        CollectedFrames frames, int components, Func<GridPoint, double> found, string foundIs)
    {
        int count = Math.Min(components, Math.Min(frames.Places.Count, frames.Shape.Count));
        var factors = NonNegativeFactors.Of(frames.Values, frames.Shape.Count, count);
        double[] values = [.. frames.Places.Select(found)];
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]))];
        double[] there = [.. known.Select(i => values[i])];
        double total = Enumerable.Range(0, factors.Count).Sum(k => Sum(factors, k));
        return new Confirmation(
            frames, factors, values, foundIs,
            [
                .. Enumerable.Range(0, factors.Count).Select(k =>
                {
                    double[] abundances = [.. known.Select(i => factors.Abundance(i, k))];
                    return new Agreement(
                        k + 1,
                        Sum(factors, k) / total,
                        there.Length < 3 ? double.NaN : Pearson(abundances, there),
                        there.Length < 3 ? double.NaN : RankCorrelation.Spearman(abundances, there));
                }),
            ]);
    }

    /// <summary>
    /// The component that goes most with what the run found, whichever way; null where none can be told.
    /// </summary>
    public Agreement? Best => Agreements.Where(static agreement => double.IsFinite(agreement.Pearson))
        .MaxBy(static agreement => Math.Abs(agreement.Pearson));

    private static double Sum(NonNegativeFactors factors, int component)
    {
        double sum = 0;
        for (int frame = 0; frame < factors.Frames; frame++)
        {
            sum += factors.Abundance(frame, component);
        }

        return sum;
    }

    private static double Pearson(double[] left, double[] right)
    {
        double leftMean = left.Average(), rightMean = right.Average();
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double x = left[i] - leftMean, y = right[i] - rightMean;
            product += x * y;
            leftSquare += x * x;
            rightSquare += y * y;
        }

        return product / Math.Sqrt(leftSquare * rightSquare);
    }
}
