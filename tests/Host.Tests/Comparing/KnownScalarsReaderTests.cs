using DklActors.Host.Comparing;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Comparing;

/// <summary>
/// What a comparison learns from and is scored against, on the shared data. The expected numbers were read from the
/// same files with NumPy.
/// </summary>
public sealed class KnownScalarsReaderTests
{
    [SharedDataFact("pfm_beps/pfm.npz")]
    public async Task Recorded_values_and_their_published_seed_points()
    {
        KnownScalars data = await ReadAsync("pfm-domains");

        data.Candidates.Count.Should().Be(1225);
        data.Candidates.PointAt(0).Should().Be(new GridPoint(8, 8));
        data.Measured[..5].Should().Equal(
            [0, 0.00883405, 0.25738314, 0.55081137, 0.81256111], (left, right) => Math.Abs(left - right) < 1e-7);
        data.TruthIsMeasured.Should().BeTrue();
        data.StandardErrors.Should().OnlyContain(error => error == 0);
        // Positions are listed row by row, so that their numbers are those of the candidates.
        data.SeedPoints.Should().Equal(275, 1165, 129, 522, 241, 1014, 920, 967, 777, 429);
    }

    [SharedDataFact("plasmon_sim/centres.npy")]
    public async Task Noisy_values_with_a_truth_that_is_free_of_noise()
    {
        KnownScalars data = await ReadAsync("plasmon-simulated");

        data.Candidates.Count.Should().Be(7225);
        data.TruthIsMeasured.Should().BeFalse();
        data.Measured[..3].Should().Equal(45.42857f, 52.857143f, 60.57143f);
        data.Truth[..3].Should().Equal(43.86783f, 50.92636f, 59.834286f);
        data.SeedPoints.Should().BeEmpty();
    }

    [SharedDataFact("si_eels_interface/SI-EELS.dm3")]
    public async Task Spectra_of_blocks_of_an_image_in_another_file()
    {
        KnownScalars data = await ReadAsync("eels-interface");

        data.Candidates.Count.Should().Be(49 * 6);
        data.Candidates.Image.Shape.Should().Be(new GridShape(1568, 192));
        data.Candidates.PointAt(7).Should().Be(new GridPoint(32 + 16, 32 + 16));
        // Sums of the channels with 455 < E < 475 eV.
        data.Measured[0].Should().Be(119_696);
        data.Measured[(30 * 6) + 2].Should().Be(99_750);
        data.StandardErrors[0].Should().BeApproximately(Math.Sqrt(119_696), 1e-9);
    }

    private static async Task<KnownScalars> ReadAsync(string name)
    {
        string path = RepositoryRoot.PathOf($"config/experiments/{name}.yaml");
        Recipe recipe = RecipeReader.Read(path, [], out RecipeOrigins origins);
        Experiment experiment = ExperimentBuilder.Build(recipe, origins, TimeProvider.System);
        using (experiment.Microscope)
        {
            StructuralImage image = await experiment.Microscope.Survey.AcquireAsync(CancellationToken.None);
            return KnownScalarsReader.Read(experiment, image);
        }
    }
}
