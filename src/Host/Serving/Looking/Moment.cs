using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Frames;

namespace DklActors.Host.Serving.Looking;

/// <summary>A run at one moment: what was measured, and what was believed.</summary>
/// <param name="Design">Its recipe, resolved, with what persons changed of it.</param>
/// <param name="State">The fold of its events.</param>
/// <param name="Image">The structural image; null before it is recorded.</param>
/// <param name="Candidates">Null before they are found in it.</param>
/// <param name="Posterior">Null before the first model.</param>
/// <param name="Truth">Finds the known map, which takes a while; null where there is none.</param>
internal sealed record Moment(
    RunDesign Design,
    ExperimentState State,
    StructuralImage? Image,
    CandidateSet? Candidates,
    Posterior? Posterior,
    Func<KnownMap?> Truth)
{
    /// <summary>What the planner was asked to do then: the recipe, and what persons changed of it.</summary>
    public PlanSettings Plan => Design.Settings.Plan.Within(State);
}
