using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Tests.Patterns;

/// <summary>What many noisy patterns of one scene say of a measurement.</summary>
internal static class MonteCarlo
{
    /// <summary>Mean and spread of the values, and the root mean square of the reported errors.</summary>
    public static (double Mean, double Spread, double Reported) Of(
        Scene scene, int draws, Func<float[], Measured> measure)
    {
        double[] values = new double[draws];
        double squares = 0;
        for (int i = 0; i < draws; i++)
        {
            Measured measured = measure(scene.Noisy(1000 + i));
            measured.Finding.IsBad.Should().BeFalse(measured.Finding.Reason);
            values[i] = measured.Value;
            squares += measured.StandardError * measured.StandardError / draws;
        }

        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (draws - 1);
        return (mean, Math.Sqrt(variance), Math.Sqrt(squares));
    }

    /// <summary>
    /// Reported errors are the spread within a fifth, and a tenth of the electrons make them √10 times larger.
    /// </summary>
    public static void ShouldBeHonest(Scene scene, int draws, Func<float[], Measured> measure, double tolerance = 0.2)
    {
        (double _, double spread, double reported) = Of(scene, draws, measure);
        (double _, double fewSpread, double fewReported) = Of(scene.Scaled(0.1), draws, measure);

        (reported / spread).Should().BeInRange(1 - tolerance, 1 + tolerance);
        (fewReported / fewSpread).Should().BeInRange(1 - tolerance, 1 + tolerance);
        (fewReported / reported).Should().BeApproximately(Math.Sqrt(10), 0.35);
    }
}
