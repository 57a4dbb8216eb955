using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Measuring;
using DklActors.Speed.Training;

namespace DklActors.Speed.Predicting;

/// <summary>The embedding of all candidates, and the memory of an engine over a million of them.</summary>
internal static class EmbeddingBench
{
    public static void Run(Report report, int rounds)
    {
        report.Heading("Embedding, preset atomai, D = 256, 7,225 candidates");
        (ManagedDklEngine engine, ModelState state) = Train(Scene.Candidates(100, 100, 16), "atomai");
        report.Time("all candidates", Contest.Run(rounds, () => engine.Restore(state))[0]);
        foreach (string preset in DklPresets.Names)
        {
            report.Heading($"A million candidates, patches of 16 × 16, preset {preset}");
            CandidateSet million = Scene.Candidates(1015, 1015, 16);
            (engine, state) = Train(million, preset);
            report.Time("all candidates", Contest.Run(1, () => engine.Restore(state))[0]);
            report.Figure("memory in use", GC.GetTotalMemory(forceFullCollection: true) / 1048576.0, "MiB");
            report.Figure("working set of the process", Environment.WorkingSet / 1048576.0, "MiB");
            GC.KeepAlive(engine);
        }
    }

    private static (ManagedDklEngine Engine, ModelState State) Train(CandidateSet candidates, string preset)
    {
        DklOptions options = DklOptions.Preset(preset);
        options = options with { Optimiser = options.Optimiser with { MaxEpochs = 2 } };
        ImmutableArray<Observation> observations = [.. Scene.Observations(candidates, 25)];
        var engine = new ManagedDklEngine(candidates, options);
        return (engine, engine.Train(new(1, observations, null, 1), CancellationToken.None).State);
    }
}
