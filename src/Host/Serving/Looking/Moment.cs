using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Host.Serving.Looking;

/// <summary>A run at one moment: what was measured, and what was believed.</summary>
/// <param name="Design">Its recipe, resolved, with what persons changed of it.</param>
/// <param name="State">The fold of its events.</param>
/// <param name="Candidates">Null before the structural image.</param>
/// <param name="Posterior">Null before the first model.</param>
/// <param name="Truth">The known map, where there is one and it was asked for.</param>
internal sealed record Moment(
    RunDesign Design, ExperimentState State, CandidateSet? Candidates, Posterior? Posterior, KnownMap? Truth)
{
    /// <summary>What the planner was asked to do then: the recipe, and what persons changed of it.</summary>
    public PlanSettings Plan => Design.Settings.Plan.Within(State);
}
