using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.Posteriors;

public sealed class PosteriorCovariancesTests
{
    private const int Count = 530;

    private static readonly int[] Chosen = [529, 3, 255, 256];

    [Theory]
    [InlineData(KernelKind.Rbf, 1)]
    [InlineData(KernelKind.Matern52, 2)]
    public void They_are_those_of_the_dense_formula_for_every_candidate_once(KernelKind kind, int threads)
    {
        ProcessModel model = Scenes.Model(Count, 2, kind, threads: threads);
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
        Func<int, int, double> covariance = DenseCovariance(model, observations);
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

    private static Func<int, int, double> DenseCovariance(
        ProcessModel model, ImmutableArray<Observation> observations)
    {
        int n = observations.Length;
        double scale = model.Scaling.Scale;
        Matrix<double> inverse = Matrix<double>.Build.Dense(n, n, (i, j) =>
            DenseReference.Covariance(model, observations[i].Candidate, observations[j].Candidate)
            + (i != j ? 0.0
                : (model.Kernel.NoiseVariance * scale * scale) + Math.Pow(observations[i].StandardError, 2))).Inverse();
        return (left, right) => DenseReference.Covariance(model, left, right)
            - (To(left) * inverse * To(right));

        Vector<double> To(int candidate) => Vector<double>.Build.Dense(
            n, i => DenseReference.Covariance(model, observations[i].Candidate, candidate));
    }
}
