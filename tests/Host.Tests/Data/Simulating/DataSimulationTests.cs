using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Data.Simulating;
using DklActors.Host.Recipes;
using DklActors.Instruments.Files;

namespace DklActors.Host.Tests.Data.Simulating;

public sealed class DataSimulationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("simulate-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("plasmons", 0)]
    [InlineData("core-loss", 7)]
    [InlineData("atomic-columns", 10)]
    [InlineData("strained-film", 8)]
    public void A_data_set_holds_image_frames_and_truth_and_comes_with_a_recipe_that_measures_it(
        string sample, int quantities)
    {
        string folder = Write(sample, "set");
        using ArrayContainer data = ArrayContainer.Open(folder);

        data.Names.Count(name => name.StartsWith("truth_", StringComparison.Ordinal)).Should().Be(quantities);
        data.Read("image").Shape.Should().Equal(32, 32);
        data.Read("frames").Shape.Take(2).Should().Equal(32, 32);
        data.Read("frames_truth").Shape.Should().Equal(data.Read("frames").Shape);
        Directory.GetFiles(folder, "*.partial").Should().BeEmpty();

        string recipe = Path.Combine(folder, "recipe.yaml");
        Recipe read = RecipeReader.Read(recipe, [], out RecipeOrigins origins);
        using var microscope = ExperimentBuilder.Build(read, origins, TimeProvider.System).Microscope;
        microscope.Truth!.IsNoiseFree.Should().BeTrue("the frames without noise are named as the truth");
    }

    [Fact]
    public void Counts_are_those_of_the_expected_frames_with_Poisson_noise()
    {
        using ArrayContainer data = ArrayContainer.Open(Write("strained-film", "set"));
        double[] counts = data.Read("frames").ToDoubles(), expected = data.Read("frames_truth").ToDoubles();
        double chi = 0;
        int degrees = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (expected[i] > 1)
            {
                chi += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
                degrees++;
            }
        }

        degrees.Should().BeGreaterThan(10_000);
        (chi / degrees).Should().BeApproximately(1, 0.03);
        data.Read("electrons_per_frame")[0].Should().BeApproximately(5e4, 1);
    }

    [Fact]
    public void An_archive_holds_the_same_as_a_folder_whatever_the_number_of_cores()
    {
        using ArrayContainer folder = ArrayContainer.Open(Write("atomic-columns", "set"));
        using ArrayContainer archive = ArrayContainer.Open(Write("atomic-columns", "set.npz"));

        archive.Names.Should().Equal(folder.Names);
        archive.Read("frames").ToSingles().Should().Equal(folder.Read("frames").ToSingles());
        File.Exists(Path.Combine(_root, "set.yaml")).Should().BeTrue();
    }

    [Fact]
    public void What_is_there_is_replaced_only_by_force()
    {
        Write("plasmons", "set");
        Action again = () => Write("plasmons", "set"), force = () => Write("plasmons", "set", force: true);

        again.Should().Throw<UsageException>().WithMessage("*is not empty*--force*");
        force.Should().NotThrow();
    }

    [Fact]
    public void A_cancelled_simulation_leaves_no_data_behind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        string folder = Path.Combine(_root, "none");
        using var simulation = new DataSimulation(
            RequestFor("strained-film", folder, force: false), TimeProvider.System);
        Action write = () => simulation.Write(cancelled.Token);

        write.Should().Throw<OperationCanceledException>();
        Directory.GetFiles(folder).Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_sample_and_a_set_that_is_too_large_are_refused_before_anything_is_made()
    {
        Action unknown = () => Write("pyramids", "set");
        unknown.Should().Throw<UsageException>().WithMessage("*'pyramids'*plasmons, core-loss*");

        using var huge = new DataSimulation(
            RequestFor("strained-film", Path.Combine(_root, "huge"), force: false) with
            {
                Overrides = [("microscope.size", "2048 px"), ("microscope.detector", "1024 px")],
            },
            TimeProvider.System);
        huge.Bytes.Should().BeGreaterThan(20_000_000_000_000);
        Action write = () => huge.Write(CancellationToken.None);
        write.Should().Throw<IOException>().WithMessage("*are free there*");
        Directory.Exists(Path.Combine(_root, "huge")).Should().BeFalse();
    }

    private string Write(string sample, string name, bool force = false)
    {
        using var simulation = new DataSimulation(
            RequestFor(sample, Path.Combine(_root, name), force), TimeProvider.System);
        return simulation.Write(CancellationToken.None);
    }

    private static SimulationRequest RequestFor(string sample, string path, bool force)
    {
        List<(string Key, string Value)> overrides = [("microscope.size", "32 px")];
        if (sample is "atomic-columns" or "strained-film")
        {
            overrides.Add(("microscope.detector", "64 px"));
        }

        if (sample == "strained-film")
        {
            overrides.Add(("microscope.convergenceAngle", "5 mrad"));
        }

        return new SimulationRequest(sample, path, 5e4, overrides, WithTruthFrames: true, force);
    }
}
