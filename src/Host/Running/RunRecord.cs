using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Running;

/// <summary>All that was noted of a run.</summary>
/// <param name="Events">The whole stream, in order, read from the journal as it is asked for.</param>
/// <param name="State">Its fold.</param>
/// <param name="Best">The best usable point, or null.</param>
/// <param name="Candidates">Null when the run ended before there were any.</param>
/// <param name="Posterior">What was believed last, or null.</param>
/// <param name="Scorer">Null where no truth is known.</param>
/// <param name="Scores">Score of the map by number of observations.</param>
internal sealed record RunRecord(
    IEnumerable<StoredEvent> Events,
    ExperimentState State,
    PointState? Best,
    CandidateSet? Candidates,
    Posterior? Posterior,
    MapScorer? Scorer,
    ImmutableSortedDictionary<int, MapScore> Scores)
{
    /// <summary>The point whose scalar comes nearest to what is searched for, or null while there is none.</summary>
    public static PointState? BestOf(ExperimentState state, Goal goal) => state.Points.Values
        .Where(point => point.Scalar is { } scalar && scalar.Quality != ScalarQuality.Bad)
        .MaxBy(point => goal.Merit(point.Scalar!.Value));
}
