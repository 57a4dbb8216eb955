using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Engines;

/// <summary>Immutable snapshot of a trained model over all candidates: all that planning needs.</summary>
public abstract class CandidateModel
{
    private protected CandidateModel(int version, int count, TargetScaling scaling, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Version = version;
        Count = count;
        Scaling = scaling;
        Threads = threads;
    }

    /// <summary>Version of the training that made it.</summary>
    public int Version { get; }

    /// <summary>Number M of candidates.</summary>
    public int Count { get; }

    /// <summary>How targets were standardised.</summary>
    public TargetScaling Scaling { get; }

    /// <summary>What a predicted deviation means in intervals.</summary>
    public PredictiveShape Shape { get; init; } = PredictiveShape.Normal;

    /// <summary>Most threads that work on this model's posteriors; it does not change a bit.</summary>
    internal int Threads { get; }

    internal abstract Posterior Condition(IReadOnlyList<Observation> observations);

    internal void RequireUsable(Observation observation)
    {
        if ((uint)observation.Candidate >= (uint)Count || !double.IsFinite(observation.Value))
        {
            throw new ArgumentException(
                $"The observation {observation.Value} at candidate {observation.Candidate} of {Count} cannot " +
                "be conditioned on. Leave bad scalars out.", nameof(observation));
        }
    }
}
