using System.Collections.Concurrent;
using DklActors.Learning.Features;
using DklActors.Learning.Linear;
using DklActors.Learning.Networks;

namespace DklActors.Learning.Engines;

/// <summary>Sends candidates through the network, from its first weights to the last.</summary>
internal sealed class CandidateEmbedder(FeatureMatrix features, EmbeddingNetwork network, int threads)
{
    // Rows of one task when all candidates are embedded; the activations of a wide network fit into the cache.
    private const int TileRows = 256;

    // Enough rows for the mean and deviation of a first embedding.
    private const int NormalisationSample = 512;

    /// <summary>First weights, under which an embedding that does not start at the features has deviation 1.</summary>
    public float[] Initialise(ulong seed)
    {
        float[] weights = network.Initialise(seed);
        if (!network.StartsAtFeatures)
        {
            int step = ((features.Count - 1) / NormalisationSample) + 1;
            int[] sample = [.. Enumerable.Range(0, features.Count).Where(i => i % step == 0)];
            network.NormaliseOutput(weights, features.Gather(sample), sample.Length, threads);
        }

        return weights;
    }

    /// <summary>Embeddings of all M candidates, M × d; borrowed from the features where there is no network.</summary>
    public ReadOnlyMemory<float> All(float[] weights)
    {
        if (network.LayerCount == 0)
        {
            float[] none = [];
            return features.Rows(0, features.Count, ref none);
        }

        int dimension = network.Dimension;
        float[] embeddings = new float[features.Count * dimension];
        var workspaces = new ConcurrentBag<NetworkWorkspace>();
        Tiles.ForEach(features.Count, TileRows, threads, (start, length) =>
        {
            NetworkWorkspace workspace = workspaces.TryTake(out NetworkWorkspace? free)
                ? free
                : network.CreateWorkspace(TileRows);
            ReadOnlyMemory<float> rows = features.Rows(start, length, ref workspace.Features);
            network.Forward(weights, rows, length, workspace, threads: 1)
                .CopyTo(embeddings.AsMemory(start * dimension));
            workspaces.Add(workspace);
        });
        return embeddings;
    }
}
