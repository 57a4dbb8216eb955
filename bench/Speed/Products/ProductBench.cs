using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;
using DklActors.Measuring;

namespace DklActors.Speed.Products;

/// <summary>The float32 matrix product against OpenBLAS in the same run.</summary>
internal static class ProductBench
{
    private const double LeastRatio = 0.7;

    private static readonly (int Rows, int Inner, int Columns)[] Shapes =
        [(25, 1000, 500), (100, 1000, 500), (1000, 1000, 500), (7225, 1000, 500)];

    public static void Run(Report report, int rounds)
    {
        report.Heading("Matrix product, float32, GFLOP/s");
        var peer = OpenBlas.TryLoad();
        if (peer is null)
        {
            report.Note($"{OpenBlas.Library} is not installed (Debian: libopenblas0-pthread); timed without the peer.");
        }

        else
        {
            report.Note($"The peer is {OpenBlas.Library} with its kernels for {peer.Core}.");
        }

        foreach ((int m, int inner, int n) in Shapes)
        {
            float[] left = Values(m * inner), right = Values(inner * n), result = new float[m * n];
            float[] expected = new float[m * n];
            double gigaOperations = 2e-9 * m * inner * n;
            foreach (int threads in (int[])[1, 2])
            {
                string name = $"{m} × {inner} × {n}, threads: {threads}";
                void Ours() => MatrixProduct.Multiply(
                    new MatrixView<float>(left, m, inner), new MatrixView<float>(right, inner, n),
                    new MatrixTarget<float>(result, n), threads);
                if (peer is null)
                {
                    report.Figure(
                        name, gigaOperations / Contest.Run(rounds, Ours)[0].Median * 1e3, "GFLOP/s");
                    continue;
                }

                peer.Threads(threads);
                // Not in turns: the peer's threads go on spinning for a while on the processors that ours need.
                Timing[] times =
                [
                    .. Contest.Run(rounds, Ours),
                    .. Contest.Run(rounds, () => peer.Multiply(left, right, expected, m, inner, n)),
                ];
                report.Rate(
                    name, gigaOperations / times[0].Median * 1e3, gigaOperations / times[1].Median * 1e3, "GFLOP/s",
                    LeastRatio);
                RequireAgreement(result, expected, inner);
            }
        }
    }

    private static void RequireAgreement(float[] result, float[] expected, int inner)
    {
        for (int i = 0; i < result.Length; i++)
        {
            if (Math.Abs(result[i] - expected[i]) > 1e-5 * inner)
            {
                throw new InvalidOperationException(
                    $"Element {i} is {result[i]}, and {expected[i]} by {OpenBlas.Library}: the timing means nothing.");
            }
        }
    }

    private static float[] Values(int count)
    {
        SeededRandom random = SeededRandom.Derive(1, RandomPurpose.NetworkWeights, (ulong)count);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
