using DklActors.Learning.Optimisation;

namespace DklActors.Learning.Tests.Optimisation;

public sealed class OptimisationTests
{
    [Fact]
    public void Adam_steps_are_those_of_the_published_recursion()
    {
        double[] parameters = [.. Enumerable.Range(0, 11).Select(i => 1.0 + (0.1 * i))];
        double[] expected = [.. parameters], m = new double[11], v = new double[11];
        var adam = new Adam<double>(11, 0.02);
        for (int step = 1; step <= 5; step++)
        {
            double[] gradient = Array.ConvertAll(parameters, p => Math.Cos(3.0 * p) + p);
            adam.Step(gradient, parameters, parameters);
            for (int i = 0; i < 11; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.999 * v[i]) + (0.001 * gradient[i] * gradient[i]);
                double first = m[i] / (1.0 - Math.Pow(0.9, step));
                double second = v[i] / (1.0 - Math.Pow(0.999, step));
                expected[i] -= 0.02 * first / (Math.Sqrt(second) + 1e-8);
                parameters[i].Should().BeApproximately(expected[i], 1e-12);
            }
        }
    }

    [Fact]
    public void Adam_finds_the_bottom_of_a_stretched_bowl()
    {
        float[] parameters = [3.0f, -2.0f, 0.5f];
        float[] curvature = [1.0f, 50.0f, 0.02f];
        var adam = new Adam<float>(3, 0.05);
        for (int step = 0; step < 2000; step++)
        {
            adam.Step([.. parameters.Select((p, i) => curvature[i] * (p - 1.0f))], parameters, parameters);
        }

        parameters.Should().OnlyContain(p => Math.Abs(p - 1.0f) < 1e-2f);
    }

    [Fact]
    public void Convergence_needs_the_whole_patience_without_a_worthwhile_improvement()
    {
        var criterion = new ConvergenceCriterion(tolerance: 0.1, patience: 3);
        double[] losses = [5.0, 4.0, 3.95, 3.94, 3.85, 3.84, 3.83, 3.82];
        losses.Select(criterion.Observe).Should().Equal(false, false, false, false, false, false, false, true);
        var never = new ConvergenceCriterion(tolerance: 0.0, patience: 3);
        losses.Concat(losses).Select(never.Observe).Should().NotContain(true);
    }
}
