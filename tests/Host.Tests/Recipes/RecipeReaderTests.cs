using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Host.Tests.Recipes;

public sealed class RecipeReaderTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_short_recipe_gets_the_documented_defaults()
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated);

        recipe.Title.Should().Be("tiny");
        recipe.Seed.Should().Be(1);
        recipe.Patch.Should().Be(new PatchWindow(12));
        recipe.Exposure.Should().Be(new ExposureSection(
            TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), 3));
        recipe.Stage.Should().Be(new StageSection(0.5, TimeSpan.FromSeconds(5), 0, 3));
        recipe.Limits.Should().Be(new LimitsSection(null, null, null, 200_000_000));
        recipe.Recovery.UnknownExposure.Should().Be(UnknownExposurePolicy.Skip);
        recipe.Planner.Should().Be(new PlannerSection
        {
            Acquisition = AcquisitionKind.MaximumUncertainty,
            Beta = null,
            Xi = null,
            Samples = null,
            Alternatives = null,
            References = null,
            Schedule = null,
            Goal = PlannerGoal.Maximise,
            Target = null,
            Penalties = new PenaltySection(0, 0, 8, 10, 0),
            Region = null,
            Seeds = 10,
            SeedDesign = SeedDesign.SpaceFilling,
            SeedsFrom = null,
            Measurements = 60,
            Lookahead = 2,
        });
        SimulatedSection microscope = recipe.Microscope.Should().BeOfType<SimulatedSection>().Subject;
        PlasmonOptions sample = microscope.Sample.Should().BeOfType<PlasmonOptions>().Subject;
        sample.Grid.Should().Be(new GridShape(96, 96));
        sample.PixelSize.Should().Be(new Nanometre(3));
        sample.EnergyAxis.Should().Be(new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.02), 400));
        microscope.BeamCurrent.Should().Be(new BeamCurrent(10));
    }

    [Fact]
    public void A_recorded_data_set_is_found_beside_the_recipe_wherever_the_program_runs()
    {
        var microscope = (PreacquiredSection)_folder.Read(RecipeFolder.Preacquired).Microscope;

        microscope.Data.Should().Be(Path.Combine(_folder.Root, "data.npz"));
        microscope.Energy.Should().Be(new RecordedEnergyAxis("energy_keV", EnergyUnit.KeV));
        microscope.PixelSize.Should().Be(new GivenPixelSize(new Nanometre(8.55)));
        microscope.PoissonFactor.Should().BeNull();
    }

    [Theory]
    [InlineData("1.64 keV .. 1.86 keV", 1640, 1860)]
    [InlineData("1640eV..1860 eV", 1640, 1860)]
    [InlineData("1.001 keV .. 1e3 keV", 1001, 1_000_000)]
    [InlineData("-500 meV .. .5 eV", -0.5, 0.5)]
    [InlineData("1. eV .. 2. eV", 1, 2)]
    public void Energies_come_out_in_electronvolts_without_rounding_twice(string text, double low, double high) =>
        _folder.Read(RecipeFolder.Preacquired, ("scalarizer.window", text))
            .Scalarizer.Spec.Find(SpectrumParameters.Window)
            .Should().Be(new EnergyWindow(new ElectronVolt(low), new ElectronVolt(high)));

    [Fact]
    public void Doses_times_and_sizes_are_read_in_any_of_their_units()
    {
        Recipe recipe = _folder.Read(
            RecipeFolder.Simulated,
            ("limits.dosePerPixel", "1e6 e/nm^2"), ("limits.duration", "1.5 h"), ("exposure.dwell", "250 us"),
            ("limits.minimumFreeDisk", "1.5 GB"), ("microscope.pixelSize", "0.5 µm"),
            ("limits.totalElectrons", "1e9"));

        recipe.Limits.DosePerPixel.Should().Be(new Dose(1e4));
        recipe.Limits.Duration.Should().Be(TimeSpan.FromMinutes(90));
        recipe.Limits.MinimumFreeDiskBytes.Should().Be(1_500_000_000);
        recipe.Limits.TotalElectrons.Should().Be(1e9);
        recipe.Exposure.Dwell.Should().Be(TimeSpan.FromMicroseconds(250));
        ((SimulatedSection)recipe.Microscope).Sample.PixelSize.Should().Be(new Nanometre(500));
    }

    [Fact]
    public void An_override_wins_over_the_file_and_the_last_one_over_the_others() =>
        _folder.Read(RecipeFolder.Simulated, ("patch", "5 px"), ("patch", "7 px")).Patch
            .Should().Be(new PatchWindow(7));

    [Fact]
    public void Weights_belong_to_their_acquisition_function_alone()
    {
        PlannerSection planner =
            _folder.Read(RecipeFolder.Simulated, ("planner.acquisition", "upper-confidence-bound")).Planner;

        planner.Beta.Should().Be(2);
        planner.Xi.Should().BeNull();
    }

    [Fact]
    public void What_is_found_out_later_still_names_file_and_line()
    {
        string path = _folder.Write(RecipeFolder.Simulated);
        RecipeReader.Read(path, [("patch", "9 px")], out RecipeOrigins origins);

        origins.ErrorAt("scalarizer.window", "it is empty", "widen it").ToString()
            .Should().Be($"{path}:8: scalarizer.window: it is empty; widen it.");
        origins.LocationOf("patch").Should().Be("--set patch");
        origins.LocationOf("exposure.dwell").Should().Be(path);
    }

    [Theory]
    [InlineData("samples/nanoparticles.yaml", 70)]
    [InlineData("config/experiments/sio2-silica.yaml", 70)]
    [InlineData("config/experiments/pfm-domains.yaml", 60)]
    [InlineData("config/experiments/plasmon-simulated.yaml", 100)]
    [InlineData("config/experiments/eels-interface.yaml", 60)]
    public void The_recipes_that_come_with_the_program_are_good(string relative, int points)
    {
        // Where the measured data are absent, any file stands in for them: the reader does not open it.
        string path = RepositoryRoot.PathOf(relative);
        string text = File.ReadAllText(path);
        (string, string)[] overrides =
        [
            .. new[] { "data", "imageData" }.Where(key => text.Contains($"  {key}: ", StringComparison.Ordinal))
                .Select(key => ($"microscope.{key}", _folder.Write("stands in"))),
        ];

        Recipe recipe = RecipeReader.Read(path, overrides);

        (recipe.Planner.Seeds + recipe.Planner.Measurements).Should().Be(points);
    }

    [Fact]
    public void Values_need_neither_window_nor_energies()
    {
        Recipe recipe = _folder.Read(RecipeFolder.Values);

        var microscope = (PreacquiredSection)recipe.Microscope;
        microscope.Energy.Should().BeNull();
        microscope.Positions.Should().Be("centres");
        microscope.Truth.Should().Be("clean");
        microscope.ImageData.Should().Be(Path.Combine(_folder.Root, "data.npz"));
        recipe.Scalarizer.Should().Be(new ScalarizerSection(new ScalarizerSpec("value"), "height (nm)"));
        recipe.Planner.SeedsFrom.Should().Be("first");
    }

    [Fact]
    public void A_folder_of_arrays_is_a_data_set()
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "image.npy"), []);

        ((PreacquiredSection)_folder.Read(RecipeFolder.Preacquired, ("microscope.data", _folder.Root)).Microscope)
            .Data.Should().Be(_folder.Root);
    }
}
