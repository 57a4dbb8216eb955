using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Host.Composition;
using DklActors.Host.Replaying;
using DklActors.Host.Running;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Regions.Comparing;

/// <summary>All that a comparison takes from the run of one region: its folder, and no instrument.</summary>
/// <param name="Name">Of the region.</param>
/// <param name="Design">Its recipe, as persons have changed it by the end.</param>
/// <param name="State">The fold of its events.</param>
/// <param name="Candidates">Null before there is an image.</param>
/// <param name="Scalars">Where something was measured that can be learned from, in the order of recording.</param>
/// <param name="Belief">The last model, conditioned on all of it; null before the first.</param>
internal sealed record RegionRecord(
    string Name,
    RunDesign Design,
    ExperimentState State,
    CandidateSet? Candidates,
    ImmutableArray<MeasuredScalar> Scalars,
    Posterior? Belief)
{
    /// <summary>Reads a region's run; null where none has begun.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static RegionRecord? Read(string name, string folder, TimeProvider time)
    {
        if (RegionRun.StateIn(folder) is not { Run: not RunState.New } state)
        {
            return null;
        }

        RecordedRun run = RecordedRun.Open(folder, time);
        RunDesign design = run.Design().InForceIn(state);
        ImmutableArray<MeasuredScalar> scalars =
        [
            .. state.UsableScalars().Select(static usable =>
                new MeasuredScalar(usable.Patch, usable.Scalar.Value, usable.Scalar.StandardError)),
        ];
        if (state.Survey is not { } survey)
        {
            return new RegionRecord(name, design, state, null, scalars, null);
        }

        RunSource source = run.SourceOf(design);
        CandidateSet candidates = CandidateSet.Among(
            ImageCodec.Read(run.Journal.ReadContent(ContentHash.Parse(survey.ImageHash))),
            design.Recipe.Patch,
            source.Settings.Sites);
        Posterior? belief = null;
        if (state.Model is { } model)
        {
            var trained = new ModelState(
                model.Engine, model.Version, run.Journal.ReadContent(ContentHash.Parse(model.StateHash)));
            belief = Posterior.Condition(
                source.CreateEngine(candidates).Restore(trained),
                [.. scalars.Select(scalar => scalar.At(candidates))]);
        }

        return new RegionRecord(name, design, state, candidates, scalars, belief);
    }
}

/// <summary>A scalar that can be learned from.</summary>
internal readonly record struct MeasuredScalar(GridPoint Patch, double Value, double StandardError)
{
    public Observation At(CandidateSet candidates, int rows = 0) => new(
        candidates.TryIndexOf(new GridPoint(Patch.Row + rows, Patch.Column), out int candidate)
            ? candidate
            : throw new InvalidOperationException($"The patch {Patch} is no candidate."),
        Value,
        StandardError);
}
