using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Ensembles;

/// <summary>The default ensemble with few epochs.</summary>
internal static class QuickEnsemble
{
    public static CandidateSet Candidates { get; } = Scenes.Candidates();

    public static LearnerOptions Options(int epochs = 25, int threads = 2) =>
        LearnerPresets.Create(LearnerPresets.Default).Change(options => options with
        {
            Threads = threads,
            Optimiser = options.Optimiser with { MaxEpochs = epochs, MaxWarmEpochs = Math.Max(1, epochs / 3) },
        });

    /// <summary>A member whose kernel matrix cannot be factorised.</summary>
    public static EnsembleMember Impossible(string name) => new(name, new DklOptions
    {
        Process = new() { VariancePrior = new(1e308, 1.0), NoisePrior = new(1e308, 1.0) },
    });

    public static EnsembleEngine Engine(int threads = 2) => new(Candidates, Options(threads: threads).Members);

    public static TrainedModel Train(
        this IDklEngine engine, ImmutableArray<Observation> observations, ulong seed = 5, ModelState? warm = null) =>
        engine.Train(new TrainingRequest(7, observations, warm, seed), CancellationToken.None);
}
