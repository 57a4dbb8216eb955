using DklActors.Messages.Events;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>
/// How far numbers may be apart that were computed with other instruction sets: sums in other lanes round otherwise,
/// and a network in single precision carries that on.
/// </summary>
public static class Tolerance
{
    /// <summary>Of a prediction, as a share of the spread of the scalars; of a score, of the spread of the scores.
    /// </summary>
    public const double OfPredictions = 1e-6;

    /// <summary>Of a scalar, as a share of itself: sums of counts in double precision.</summary>
    public const double OfScalars = 1e-12;

    /// <summary>Of a shift between two images, px: two steps of the grid on which it is sought.</summary>
    public const double OfShifts = 0.02;

    /// <summary>Of a correlation of two images: their transforms are in single precision.</summary>
    public const double OfCorrelations = 1e-5;

    internal static bool Covers(double was, double now, double spread, double share) =>
        Deviation(was, now, spread) <= share;

    /// <summary>What a decision differs in beyond the tolerance.</summary>
    /// <param name="decision">The decision made again.</param>
    /// <param name="scalarSpread">Largest minus smallest scalar so far.</param>
    internal static Closeness Of(RederivedDecision decision, double scalarSpread)
    {
        PlanningBasis recorded = decision.Planned.Basis;
        bool isElsewhere = decision.Basis is not null && decision.Target != decision.Planned.Target;
        bool isTie = isElsewhere
            && recorded.Reason is PlanningReason.Acquisition or PlanningReason.Seed
            && !double.IsNaN(recorded.Score)
            && Covers(decision.ScoreAtPlanned, decision.Basis!.Score, decision.ScoreSpread, OfPredictions);
        double score = Deviation(recorded.Score, decision.ScoreAtPlanned, decision.ScoreSpread);
        double mean = Deviation(recorded.PredictedMean, decision.MeanAtPlanned, scalarSpread);
        double deviation = Deviation(recorded.PredictedDeviation, decision.DeviationAtPlanned, scalarSpread);
        double remaining = Deviation(
            recorded.Remaining ?? double.NaN, decision.Basis?.Remaining ?? double.NaN,
            Math.Abs(recorded.Remaining ?? 0));
        return new Closeness(
            [.. decision.Differences().Where(difference => !IsCovered(difference.Field))],
            isTie,
            Math.Max(score, Math.Max(mean, deviation)));

        bool IsCovered(string field) => field switch
        {
            "target" => isTie,
            "score" => score <= OfPredictions,
            "predictedMean" => mean <= OfPredictions,
            "predictedDeviation" => deviation <= OfPredictions,
            "remaining" => remaining <= OfPredictions,
            _ => false,
        };
    }

    private static double Deviation(double was, double now, double spread) =>
        was.Equals(now) ? 0
        : spread > 0 && double.IsFinite(was - now) ? Math.Abs(was - now) / spread
        : double.PositiveInfinity;

    /// <summary>How near a decision comes to the journaled one.</summary>
    /// <param name="Beyond">What differs by more than the tolerance.</param>
    /// <param name="IsTie">Whether it goes elsewhere, to a place of the same score.</param>
    /// <param name="Largest">Largest deviation of a number, as a share of its spread.</param>
    internal sealed record Closeness(IReadOnlyList<Difference> Beyond, bool IsTie, double Largest);
}
