using DklActors.Learning.Ensembles;

namespace DklActors.Learning.Ladder;

/// <summary>A rung of the ladder: what predicts, and whether it also chooses.</summary>
/// <param name="Name">One of <see cref="Strategies.Names"/>.</param>
/// <param name="Summary">What it is, in words.</param>
/// <param name="Learner">The model or models.</param>
/// <param name="ChoosesAtRandom">Whether points are drawn at random, whatever the acquisition function.</param>
public sealed record Strategy(string Name, string Summary, LearnerOptions Learner, bool ChoosesAtRandom = false)
{
    /// <summary>Whether any of its models knows where a place is.</summary>
    public bool UsesPosition => Learner.Members.Any(static member => member.Options.Features.Position);

    /// <summary>Whether any of its models looks at the structural image.</summary>
    public bool UsesStructure => Learner.Members.Any(static member => member.UsesStructure);
}
