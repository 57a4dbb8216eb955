using DklActors.Learning.Randomness;

namespace DklActors.Learning.Tests.Randomness;

public sealed class HaltonSequenceTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(4, 11)]
    [InlineData(9, 29)]
    public void Every_run_of_as_many_points_as_the_base_visits_every_cell_once(int dimension, int prime)
    {
        double[][] points = HaltonSequence.Uniform(4 * prime, 10, seed: 6);
        for (int start = 0; start < points.Length; start += prime)
        {
            points.Skip(start).Take(prime).Select(point => (int)(point[dimension] * prime))
                .Should().BeEquivalentTo(Enumerable.Range(0, prime));
        }
    }

    [Fact]
    public void Points_lie_inside_the_cube_follow_from_the_seed_and_differ_in_every_dimension()
    {
        double[][] points = HaltonSequence.Uniform(64, 64, seed: 6);
        points.Should().OnlyContain(point => point.All(value => value > 0.0 && value < 1.0));
        points[13].Should().Equal(HaltonSequence.Uniform(64, 64, seed: 6)[13]);
        points[13].Should().NotEqual(HaltonSequence.Uniform(64, 64, seed: 7)[13]);
        points[13].Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_dimension_more_changes_none_of_the_others() =>
        HaltonSequence.Uniform(16, 4, 2)[9][..3].Should().Equal(HaltonSequence.Uniform(16, 3, 2)[9]);

    [Fact]
    public void Normal_points_have_the_moments_of_independent_normals()
    {
        double[][] points = HaltonSequence.Normal(1024, 24, seed: 3);
        for (int d = 0; d < 24; d++)
        {
            points.Average(point => point[d]).Should().BeApproximately(0.0, 0.03);
            points.Average(point => point[d] * point[d]).Should().BeApproximately(1.0, 0.08);
            // 5 standard errors of independent draws.
            points.Average(point => point[d] * point[(d + 7) % 24]).Should().BeApproximately(0.0, 5.0 / 32.0);
        }
    }
}
