using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Replaying;

/// <summary>What a run had measured and believed at one of its events, as its own report would have it.</summary>
internal static class BeliefHistory
{
    /// <summary>The same up to the event of a number in the whole journal.</summary>
    public static RunRecord Until(
        RecordedRun run, RunDesign design, IInstrument? microscope, long last, Action<string> note) =>
        Until(run, design, microscope, stored => stored.Ordering <= last, note);

    /// <param name="run">The run.</param>
    /// <param name="design">Its recipe.</param>
    /// <param name="microscope">Its instrument, for scores against the known map; null for none.</param>
    /// <param name="isWanted">The events to take: from the first on, until one is not.</param>
    /// <param name="note">Takes what could not be done, for people.</param>
    public static RunRecord Until(
        RecordedRun run, RunDesign design, IInstrument? microscope, Func<StoredEvent, bool> isWanted,
        Action<string> note)
    {
        RunSource source = run.SourceOf(design);
        Goal goal = design.Settings.Plan.Goal;
        IEnumerable<StoredEvent> events = run.Journal.Read(run.Stream).TakeWhile(isWanted);
        var scores = ImmutableSortedDictionary.CreateBuilder<int, MapScore>();
        var state = ExperimentState.Empty;
        CandidateSet? candidates = null;
        MapScorer? scorer = null;
        DecisionReplay? replay = null;
        foreach (StoredEvent stored in events)
        {
            if (replay is null)
            {
                state = state.Apply(stored.Event);
            }
            else
            {
                replay.Note(stored.Event);
                state = replay.State;
            }

            if (stored.Event is ScalarizerChanged && candidates is not null)
            {
                // Scores of a map of something else would not be comparable.
                scores.Clear();
                IScalarizer chosen = design.InForceIn(state).Scalarizer;
                scorer = microscope is null ? null : MapScorer.For(KnownMap.Of(microscope, chosen, candidates));
            }

            if (stored.Event is SurveyRecorded survey)
            {
                candidates = CandidateSet.Among(
                    ImageCodec.Read(run.Journal.ReadContent(ContentHash.Parse(survey.ImageHash))),
                    source.Settings.Patch,
                    source.Settings.Sites);
                scorer = microscope is null
                    ? null
                    : MapScorer.For(KnownMap.Of(microscope, source.Scalarizer, candidates));
                replay = DecisionReplay.Of(source, candidates, state);
            }
            else if (scorer is not null && stored.Event is PointScalarized or ModelTrained
                && BeliefOf(replay, note) is { } belief)
            {
                scores[state.Usable.Count] = scorer.Score(belief);
            }
        }

        return new RunRecord(
            events,
            state,
            RunRecord.BestOf(state, replay?.Plan.Goal ?? goal),
            candidates,
            BeliefOf(replay, note),
            scorer,
            scores.ToImmutable());
    }

    private static Posterior? BeliefOf(DecisionReplay? replay, Action<string> note)
    {
        try
        {
            return replay?.Belief();
        }
        catch (InvalidDataException exception)
        {
            note($"What was believed cannot be shown by this version of the software: {exception.Message}");
            return null;
        }
    }
}
