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
    public const double OfPredictions = 1e-4;

    /// <summary>Of a scalar, as a share of itself: sums of counts in double precision.</summary>
    public const double OfScalars = 1e-12;

    internal static bool Covers(double was, double now, double spread, double share) =>
        was.Equals(now) || Math.Abs(was - now) <= share * spread;

    /// <summary>What a decision differs in beyond the tolerance, and whether it goes elsewhere at a tie.</summary>
    /// <param name="decision">The decision made again.</param>
    /// <param name="scalarSpread">Largest minus smallest scalar so far.</param>
    internal static (IReadOnlyList<Difference> Beyond, bool IsTie) Of(RederivedDecision decision, double scalarSpread)
    {
        PlanningBasis recorded = decision.Planned.Basis;
        bool isElsewhere = decision.Basis is not null && decision.Target != decision.Planned.Target;
        bool isTie = isElsewhere
            && recorded.Reason == PlanningReason.Acquisition
            && Covers(decision.ScoreAtPlanned, decision.Basis!.Score, decision.ScoreSpread, OfPredictions);
        return ([.. decision.Differences().Where(difference => !IsCovered(difference.Field))], isTie);

        bool IsCovered(string field) => field switch
        {
            "target" => isTie,
            "score" => Covers(recorded.Score, decision.ScoreAtPlanned, decision.ScoreSpread, OfPredictions),
            "predictedMean" => Covers(
                recorded.PredictedMean, decision.MeanAtPlanned, scalarSpread, OfPredictions),
            "predictedDeviation" => Covers(
                recorded.PredictedDeviation, decision.DeviationAtPlanned, scalarSpread, OfPredictions),
            _ => false,
        };
    }
}
