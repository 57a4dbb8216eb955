using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DklActors.Messages.Events;

/// <summary>Why a point was planned.</summary>
public enum PlanningReason
{
    /// <summary>Part of the design that is measured before there is a model.</summary>
    Seed,

    /// <summary>Maximum of the acquisition function.</summary>
    Acquisition,

    /// <summary>No usable model: the candidate farthest from all others.</summary>
    SpaceFilling,

    /// <summary>A person asked for it.</summary>
    Forced,
}

/// <summary>Everything a decision was made from, so that it can be made again.</summary>
/// <param name="Reason">Which rule decided.</param>
/// <param name="ModelVersion">Model that the posterior was made with; 0 when there was none.</param>
/// <param name="Observations">
/// The posterior was conditioned on the first so many usable scalars of the run, in the order of their recording:
/// those the model was trained on at once, the later ones one by one.
/// </param>
/// <param name="Pending">
/// Then on these planned points as fantasies (kriging believer), in this order: those under way, and the last that gave
/// nothing to learn from.
/// </param>
/// <param name="Seed">Seed of the decision, for acquisition functions that draw.</param>
/// <param name="Score">
/// Acquisition value, in the acquisition function's own unit; of a seed that a model chose, the variance that it takes
/// off the mean of that model's map, in that model's unit squared; NaN where none was computed.
/// </param>
/// <param name="PredictedMean">What the model expected here, in the scalarizer's unit; NaN without a model.</param>
/// <param name="PredictedDeviation">Predictive standard deviation, noise included; NaN without a model.</param>
public sealed record PlanningBasis(
    PlanningReason Reason,
    int ModelVersion,
    int Observations,
    ImmutableArray<PointId> Pending,
    ulong Seed,
    double Score,
    double PredictedMean,
    double PredictedDeviation)
{
    /// <summary>
    /// What is still to be learned by the measure that the run's budget follows, as believed after
    /// <see cref="Observations"/>, without fantasies; null without such a budget, and before the first model.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Remaining { get; init; }
}
