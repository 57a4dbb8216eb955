using DklActors.Actors.Planning;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Replaying;

/// <summary>A decision of a run beside the one that follows again from the same data.</summary>
/// <param name="Planned">The decision as journaled.</param>
public sealed record RederivedDecision(PointPlanned Planned)
{
    /// <summary>Where it would go now; null where it would go nowhere, or nothing follows.</summary>
    public GridPoint? Target { get; init; }

    /// <summary>What it is made from now.</summary>
    public PlanningBasis? Basis { get; init; }

    /// <summary>Score of the journaled target now; NaN where nothing is scored, or it is no candidate.</summary>
    public double ScoreAtPlanned { get; init; } = double.NaN;

    /// <summary>Prediction at the journaled target now, in the scalarizer's unit; NaN without a model.</summary>
    public double MeanAtPlanned { get; init; } = double.NaN;

    /// <summary>Its deviation, noise included; NaN without a model.</summary>
    public double DeviationAtPlanned { get; init; } = double.NaN;

    /// <summary>Largest minus smallest finite score; 0 where nothing is scored.</summary>
    public double ScoreSpread { get; init; }

    /// <summary>Why the journaled basis contradicts the events before it, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Why this version of the software cannot make the decision again, or null.</summary>
    public string? NotDerivable { get; init; }

    /// <summary>Whether it follows again, bit for bit.</summary>
    public bool IsSame => Differences().FirstOrDefault() is null;

    /// <summary>Fields in which it differs, bit by bit, in the order of their weight.</summary>
    public IEnumerable<Difference> Differences()
    {
        if (Problem is not null)
        {
            yield return new Difference("basis", "what the events before it allow", Problem);
            yield break;
        }

        PlanningBasis recorded = Planned.Basis;
        if (Basis is not { } found)
        {
            yield return new Difference("target", $"{Planned.Target}", "no candidate is left");
            yield break;
        }

        if (Target != Planned.Target)
        {
            yield return new Difference("target", $"{Planned.Target}", $"{Target}");
        }

        if (recorded.Reason != found.Reason)
        {
            yield return new Difference("reason", $"{recorded.Reason}", $"{found.Reason}");
        }

        if (recorded.Seed != found.Seed)
        {
            yield return new Difference("seed", $"{recorded.Seed}", $"{found.Seed}");
        }

        foreach ((string field, double was, double now) in Numbers(found).Append(
            ("remaining", recorded.Remaining ?? double.NaN, found.Remaining ?? double.NaN)))
        {
            if (!was.Equals(now))
            {
                yield return new Difference(field, Difference.Text(was), Difference.Text(now));
            }
        }
    }

    internal static RederivedDecision Of(
        PointPlanned planned, (GridPoint Target, PlanningBasis Basis)? found, Planner planner, CandidateSet candidates)
    {
        bool isCandidate = candidates.TryIndexOf(planned.Target, out int place);
        bool isScored = found is { } made && !double.IsNaN(made.Basis.Score);
        Posterior? belief = planner.Posterior;
        (double low, double high) = isScored ? EndsOf(planner.Scores) : (0, 0);
        return new RederivedDecision(planned)
        {
            Target = found?.Target,
            Basis = found?.Basis,
            ScoreAtPlanned = isScored && isCandidate ? planner.Scores[place] : double.NaN,
            MeanAtPlanned = isCandidate && belief is not null ? belief.Mean[place] : double.NaN,
            DeviationAtPlanned = isCandidate && belief is not null ? belief.DeviationAt(place) : double.NaN,
            ScoreSpread = high > low ? high - low : 0,
        };
    }

    // Where the target differs, the numbers of the two places are not to be compared.
    private (string Field, double Was, double Now)[] Numbers(PlanningBasis found) => Target == Planned.Target
        ?
        [
            ("score", Planned.Basis.Score, found.Score),
            ("predictedMean", Planned.Basis.PredictedMean, found.PredictedMean),
            ("predictedDeviation", Planned.Basis.PredictedDeviation, found.PredictedDeviation),
        ]
        :
        [
            ("score", Planned.Basis.Score, ScoreAtPlanned),
            ("predictedMean", Planned.Basis.PredictedMean, MeanAtPlanned),
            ("predictedDeviation", Planned.Basis.PredictedDeviation, DeviationAtPlanned),
        ];

    private static (double Low, double High) EndsOf(ReadOnlySpan<double> scores)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double score in scores)
        {
            if (double.IsFinite(score))
            {
                (low, high) = (Math.Min(low, score), Math.Max(high, score));
            }
        }

        return (low, high);
    }
}
