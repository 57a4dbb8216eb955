using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Posteriors;

public sealed class PosteriorCovariancesTests
{
    private const int Count = 530;

    private static readonly int[] Chosen = [529, 3, 255, 256];

    [Theory]
    [InlineData(KernelKind.Rbf, 1, false)]
    [InlineData(KernelKind.Matern52, 2, false)]
    [InlineData(KernelKind.Rbf, 2, true)]
    [InlineData(KernelKind.Matern52, 1, true)]
    public void They_are_those_of_the_dense_formula_for_every_candidate_once(KernelKind kind, int threads, bool isSum)
    {
        ProcessModel model =
            isSum ? Scenes.SumModel(Count, kind, threads) : Scenes.Model(Count, 2, kind, threads: threads);
        ImmutableArray<Observation> observations = Scenes.RandomObservations(Count, 9);
        var posterior = Posterior.Condition(model, observations);
        double[,] found = new double[Chosen.Length, Count];
        int visited = 0;

        PosteriorCovariances.Visit(posterior, Chosen, tile =>
        {
            Interlocked.Add(ref visited, tile.Length);
            for (int a = 0; a < Chosen.Length; a++)
            {
                for (int i = 0; i < tile.Length; i++)
                {
                    found[a, tile.Start + i] = tile.Row(a)[i];
                }
            }
        });

        visited.Should().Be(Count);
        double[] among = PosteriorCovariances.Among(posterior, Chosen);
        Func<int, int, double> covariance = DenseReference.Covariances(model, observations);
        for (int a = 0; a < Chosen.Length; a++)
        {
            for (int c = 0; c < Count; c += 17)
            {
                found[a, c].Should().BeApproximately(covariance(Chosen[a], c), 1e-9 * posterior.PriorVariance);
            }

            for (int b = 0; b < Chosen.Length; b++)
            {
                among[(a * Chosen.Length) + b].Should().Be(found[a, Chosen[b]]);
            }
        }
    }
}
