using DklActors.Learning.Acquisition;
using DklActors.Learning.Ladder;
using DklActors.LearningQuality.Data;
using Xunit.Abstractions;

namespace DklActors.Learning.Tests.Quality;

/// <summary>The default model on measured maps that are wholly known.</summary>
public sealed class MeasuredDataTests(ITestOutputHelper output)
{
    private const int Steps = 60;

    // Bounds lie above the medians over ten seeds (0.052, 0.083, 0.037) by the spread between seeds, and below what
    // principal components with an RBF kernel reach there (0.069, 0.09, 0.10).
    [SharedDataTheory("sio2_eds", "pfm_beps", "plasmon_sim")]
    [InlineData("sio2_eds", 0.065)]
    [InlineData("pfm_beps", 0.095)]
    [InlineData("plasmon_sim", 0.050)]
    public void Sixty_steps_of_maximum_uncertainty_map_the_whole_image(string name, double worstMedianRmse)
    {
        KnownScalars data = DataSet.Load(name, SharedData.Folder);
        var experiment = new SerialExperiment(
            data with { StandardErrors = new double[data.Measured.Length] },
            Strategies.Named("dkl"),
            new MaximumUncertainty(),
            Goal.Maximise,
            TimeProvider.System);
        double[] errors =
        [
            .. Enumerable.Range(1, 3)
                .Select(seed => experiment.Run((ulong)seed, 10, Steps, step => step == Steps).Single().Score.Rmse)
                .Order(),
        ];
        output.WriteLine($"RMSE of seeds 1 to 3: {string.Join(", ", errors)}");
        errors[1].Should().BeLessThan(worstMedianRmse);
    }
}
