using DklActors.Physics.Decompositions;

namespace DklActors.Physics.Tests.Decompositions;

/// <summary>Mixtures of known components are taken apart again.</summary>
public sealed class NonNegativeFactorsTests
{
    private const int Frames = 200, Channels = 60, Count = 3;

    private static readonly double[][] Components =
    [
        [.. Enumerable.Range(0, Channels).Select(static i => Math.Exp(-Math.Pow((i - 15) / 4.0, 2)))],
        [.. Enumerable.Range(0, Channels).Select(static i => Math.Exp(-Math.Pow((i - 40) / 5.0, 2)))],
        [.. Enumerable.Range(0, Channels).Select(static i => Math.Exp(-i / 20.0))],
    ];

    [Fact]
    public void Components_and_abundances_of_a_mixture_come_back()
    {
        (float[] data, double[] weights) = Mix(new Random(2));

        var factors = NonNegativeFactors.Of(data, Channels, Count, 2000);

        factors.Residual.Should().BeLessThan(1e-4);
        foreach (double[] truth in Components)
        {
            Enumerable.Range(0, Count).Max(k => Cosine(factors.Component(k).ToArray(), truth))
                .Should().BeGreaterThan(0.98);
        }

        int first = Enumerable.Range(0, Count).MaxBy(k => Cosine(factors.Component(k).ToArray(), Components[0]));
        double[] found = [.. Enumerable.Range(0, Frames).Select(i => factors.Abundance(i, first))];
        Cosine(found, [.. Enumerable.Range(0, Frames).Select(i => weights[i * Count])]).Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void The_same_data_give_the_same_components()
    {
        (float[] data, _) = Mix(new Random(3));

        NonNegativeFactors.Of(data, Channels, Count).Component(1).ToArray()
            .Should().Equal(NonNegativeFactors.Of(data, Channels, Count).Component(1).ToArray());
    }

    [Fact]
    public void Empty_frames_and_too_many_components_are_refused()
    {
        Action empty = static () => NonNegativeFactors.Of(new float[40], 10, 2);
        Action many = static () => NonNegativeFactors.Of([1, 2, 3, 4], 2, 3);

        empty.Should().Throw<ArgumentException>().WithMessage("*empty*");
        many.Should().Throw<ArgumentException>().WithMessage("*3 components*");
    }

    private static (float[] Data, double[] Weights) Mix(Random random)
    {
        double[] weights = new double[Frames * Count];
        float[] data = new float[Frames * Channels];
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int k = 0; k < Count; k++)
            {
                // Some frames hold one component alone, as parts of a sample do.
                double weight = frame % 7 == k ? 1000 : frame % 7 < Count ? 0 : 1000 * random.NextDouble();
                weights[(frame * Count) + k] = weight;
                for (int i = 0; i < Channels; i++)
                {
                    data[(frame * Channels) + i] += (float)(weight * Components[k][i]);
                }
            }
        }

        return (data, weights);
    }

    private static double Cosine(double[] left, double[] right) =>
        left.Zip(right, static (x, y) => x * y).Sum()
        / Math.Sqrt(left.Sum(static x => x * x) * right.Sum(static y => y * y));
}
