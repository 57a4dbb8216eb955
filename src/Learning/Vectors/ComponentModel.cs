using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Vectors;

/// <summary>One component's trained process and the scores it was trained on.</summary>
internal sealed record ComponentModel(ProcessModel Model, Observation[] Observations)
{
    /// <summary>Belief about the score; holds N × M values.</summary>
    public Posterior Condition() => Posterior.Condition(Model, Observations);
}
