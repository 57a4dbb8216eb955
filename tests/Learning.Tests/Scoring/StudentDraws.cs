using DklActors.Learning.Randomness;
using DklActors.Learning.Scoring;

namespace DklActors.Learning.Tests.Scoring;

/// <summary>Draws of Student’s t for whole degrees of freedom: a normal one over the root of a mean square.</summary>
internal static class StudentDraws
{
    public static double Next(SeededRandom random, PredictiveShape shape)
    {
        double squares = 0.0;
        for (int i = 0; i < (int)shape.DegreesOfFreedom; i++)
        {
            squares += Math.Pow(random.NextGaussian(), 2);
        }

        return shape.Scale * random.NextGaussian() / Math.Sqrt(squares / (int)shape.DegreesOfFreedom);
    }
}
