using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Networks;
using DklActors.Learning.Tests.TestSupport;

namespace DklActors.Learning.Tests.Engines;

public sealed class TrainingMemoryTests
{
    private const int Iterations = 10;

    // Hyperparameters as a record and what binds the loops' bodies; no array of any size.
    private const double FewBytes = 3072.0;

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(260)]
    public void An_iteration_on_one_thread_allocates_next_to_nothing_however_many_points_there_are(int count)
    {
        CandidateSet candidates = Scenes.Candidates();
        DklOptions options = new();
        var features = FeatureMatrix.Create(candidates, options.Features);
        var network = new EmbeddingNetwork(options.Network, features.Width);
        var data = TrainingData.Create(Scenes.Observations(candidates, count), candidates.Count);
        var layout = new HyperparameterLayout(options.Process, network.Dimension, features.Blocks);
        var loss = new DeepKernelLoss(
            network, layout, features.Gather(data.Candidates), data.Targets, data.ErrorVariances,
            options.Optimiser.WeightDecay, threads: 1);
        float[] weights = network.Initialise(1), weightGradient = new float[weights.Length];
        double[] hyperparameters = layout.Start(), hyperparameterGradient = new double[layout.Count];
        loss.Evaluate(weights, hyperparameters, weightGradient, hyperparameterGradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Iterations; i++)
        {
            loss.Evaluate(weights, hyperparameters, weightGradient, hyperparameterGradient);
        }

        double each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Iterations;
        each.Should().BeLessThan(FewBytes);
    }
}
