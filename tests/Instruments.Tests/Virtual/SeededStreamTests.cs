using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Tests.Virtual;

public sealed class SeededStreamTests
{
    [Fact]
    public void The_same_key_gives_the_same_numbers_in_every_process()
    {
        SeededStream random = SeededStream.Of(7, "counts").With("p1/1").With(3.5);

        // Derived once with arbitrary-precision integers in Python from the definition of the stream.
        random.NextUnit().Should().Be(0.2985110295167056);
    }

    [Fact]
    public void Different_keys_give_different_numbers()
    {
        HashSet<double> first = [];
        foreach (long seed in new long[] { 0, 1, 2, -1, long.MaxValue })
        {
            foreach (string purpose in new[] { "counts", "placement", "" })
            {
                for (int place = 0; place < 100; place++)
                {
                    SeededStream random = SeededStream.Of(seed, purpose).With((double)place);
                    first.Add(random.NextUnit()).Should().BeTrue();
                }
            }
        }
    }

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly_and_neighbouring_streams_are_independent()
    {
        const int draws = 50_000;
        double sum = 0, products = 0;
        int[] bins = new int[20];
        for (int i = 0; i < draws; i++)
        {
            SeededStream random = SeededStream.Of(3, "uniform").With((double)i);
            SeededStream neighbour = SeededStream.Of(3, "uniform").With(i + 1.0);
            double value = random.NextUnit();
            value.Should().BeInRange(0, 1);
            bins[(int)(value * bins.Length)]++;
            sum += value - 0.5;
            products += (value - 0.5) * (neighbour.NextUnit() - 0.5);
        }

        (sum / draws).Should().BeApproximately(0, 5 * Math.Sqrt(1.0 / 12 / draws));
        (products / draws).Should().BeApproximately(0, 5.0 / 12 / Math.Sqrt(draws));
        double expected = (double)draws / bins.Length;
        bins.Sum(count => (count - expected) * (count - expected) / expected)
            .Should().BeLessThan(19 + (5 * Math.Sqrt(2 * 19)));
    }

    [Fact]
    public void Normal_numbers_have_unit_variance()
    {
        const int draws = 50_000;
        SeededStream random = SeededStream.Of(4, "normal");
        double sum = 0, squares = 0, fourth = 0;
        for (int i = 0; i < draws; i++)
        {
            double value = random.NextNormal();
            sum += value;
            squares += value * value;
            fourth += value * value * value * value;
        }

        (sum / draws).Should().BeApproximately(0, 5 / Math.Sqrt(draws));
        (squares / draws).Should().BeApproximately(1, 5 * Math.Sqrt(2.0 / draws));
        (fourth / draws).Should().BeApproximately(3, 5 * Math.Sqrt(96.0 / draws));
    }
}
