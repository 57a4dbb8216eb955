using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;

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
    ImmutableSortedDictionary<int, MapScore> Scores);
