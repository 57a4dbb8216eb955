using DklActors.Host.Recipes;

namespace DklActors.Host.Tests.Recipes;

public sealed class RecipeErrorTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("patch: 12 px", "pach: 12 px", "recipe.yaml:5: pach: there is no such key; did you mean 'patch'?")]
    [InlineData("  kind: simulated", "  kind: simulated\n  beam_curent: 1 pA",
        "recipe.yaml:5: microscope.beam_curent: there is no such key; did you mean 'microscope.beamCurrent'?")]
    [InlineData("patch: 12 px", "patch: 12 px\ndwell: 1 ms",
        "recipe.yaml:6: dwell: there is no such key; did you mean 'exposure.dwell'?")]
    [InlineData("12 px", "12 nm", "recipe.yaml:5: patch: 'nm' is not a unit of a number of pixels; write a whole number"
        + " of pixels in px, 3 px .. 128 px.")]
    [InlineData("12 px", "12", "recipe.yaml:5: patch: '12' has no unit; write a whole number of pixels in px, "
        + "3 px .. 128 px.")]
    [InlineData("12 px", "12.5 px", "recipe.yaml:5: patch: '12.5 px' is not whole; *")]
    [InlineData("12 px", "2 px", "recipe.yaml:5: patch: '2 px' is out of range; choose within 3 px .. 128 px.")]
    [InlineData("12 px", "[12, 13]", "recipe.yaml:5: patch: a list, or too deep a nesting, stands here; *")]
    [InlineData("12 px", "{edge: 12 px}", "recipe.yaml:5: patch: the key takes a value, not keys of its own; *")]
    [InlineData("12 px", "", "recipe.yaml:5: patch: there is no value; *")]
    [InlineData("12 px", "~", "recipe.yaml:5: patch: there is no value; *")]
    [InlineData("12 px", "&a 12 px", "recipe.yaml:5: patch: anchors have no place in a recipe; *")]
    [InlineData("12 px", "*a", "recipe.yaml:5: *alias*")]
    [InlineData("12 px", "!!python/object:os.system 12 px", "recipe.yaml:5: patch: tags have no place in a recipe; *")]
    [InlineData("12 px", "\"12 px", "recipe.yaml:*: this is not YAML (*); correct the line or the one before.")]
    [InlineData("name: tiny", "name: Tiny Run", "recipe.yaml:2: name: 'Tiny Run' is not 1 to 64 of the characters *")]
    [InlineData("name: tiny\n", "", "recipe.yaml: name: the key is missing; add it: 1 to 64 *")]
    [InlineData("version: 1", "version: 2", "recipe.yaml:1: version: '2' is out of range; write 1.")]
    [InlineData("kind: simulated", "kind: simulatd", "recipe.yaml:4: microscope.kind: 'simulatd' is not a choice; "
        + "did you mean 'simulated'? write preacquired, simulated, bridge or asyncroscopy.")]
    [InlineData("kind: simulated", "kind: simulated\n  frames: eds", "recipe.yaml:5: microscope.frames: the key belongs"
        + " to microscope.kind: preacquired, and here it is simulated; remove it or change microscope.kind.")]
    [InlineData("patch: 12 px", "patch: 12 px\npatch: 13 px",
        "recipe.yaml:6: patch: the key stands twice, first at recipe.yaml:5; keep one of the two.")]
    [InlineData("patch: 12 px", "patch: 12 px\nplanner: 7",
        "recipe.yaml:6: planner: this is a section, not a value; *")]
    [InlineData("patch: 12 px", "patch: 12 px\nplaner:\n  seeds: 3",
        "recipe.yaml:6: planer: there is no such key; did you mean 'planner'?")]
    [InlineData("patch: 12 px", "patch: 12 px\nexposure: {dwell: 100 ms, longest: 99 ms}",
        "recipe.yaml:6: exposure.longest: the lease is shorter than the dwell of 100 ms; write at least 100 ms.")]
    [InlineData("patch: 12 px", "patch: 100 px", "recipe.yaml:5: patch: no patch of 100×100 px fits a scan of 96 px *")]
    [InlineData("2.5 eV", "9 eV", "recipe.yaml:8: scalarizer.window: the window 1.9 eV .. 9 eV is not on the energy *")]
    [InlineData("2.5 eV", "1.5 eV", "recipe.yaml:8: scalarizer.window: '1.9 eV .. 1.5 eV' is empty; write the lower *")]
    [InlineData("2.5 eV", "2.5 nm", "recipe.yaml:8: scalarizer.window: 'nm' is not a unit of an energy; write an energy"
        + " in meV, eV or keV, *")]
    [InlineData("band-mean", "window-ratio", "recipe.yaml:6: scalarizer.reference: the key is missing; *")]
    public void One_mistake_makes_one_line_that_says_where_what_and_what_to_do(
        string good, string bad, string expected)
    {
        string[] errors = _folder.ErrorsOf(RecipeFolder.Simulated.Replace(good, bad));

        errors.Should().ContainSingle().Which.Replace(_folder.Root + Path.DirectorySeparatorChar, "")
            .Should().Match(expected);
    }

    [Theory]
    [InlineData("data: data.npz", "data: nowhere.npz",
        "recipe.yaml:5: microscope.data: there is no file *nowhere.npz;*")]
    [InlineData("data: data.npz", "data: .",
        "recipe.yaml:5: microscope.data: * is a folder without .npy files; name a data set (.npz, .hspy, .dm4 and "
        + "others) in it.")]
    [InlineData("image: haadf", "image: haadf\n  imageData: nowhere.dm3",
        "recipe.yaml:7: microscope.imageData: there is no file *nowhere.dm3;*")]
    [InlineData("  energyUnit: keV\n", "",
        "recipe.yaml:3: microscope.energyUnit: the key is missing, needed with energy;*")]
    [InlineData("  energy: energy_keV\n  energyUnit: keV\n", "",
        "recipe.yaml:3: microscope.energy: the key is missing; add energy and energyUnit, or energyOrigin and *")]
    [InlineData("  energy: energy_keV\n  energyUnit: keV\n", "  energyOrigin: 0 eV\n",
        "recipe.yaml:3: microscope.energyDispersion: the key is missing, needed with energyOrigin;*")]
    [InlineData("pixelSize: 8.55 nm", "pixelSize: 8.55 nm\n  pixelSizeFrom: px_um\n  pixelSizeUnit: um",
        "recipe.yaml:10: microscope.pixelSize: pixelSizeFrom is given too; keep either pixelSizeFrom or pixelSize.")]
    [InlineData("kind: preacquired", "kind: preacquired\n  particles: 3",
        "recipe.yaml:5: microscope.particles: the key belongs to microscope.kind: simulated, and here it is *")]
    public void A_recorded_data_set_needs_its_calibration_once(string good, string bad, string expected) =>
        _folder.ErrorsOf(RecipeFolder.Preacquired.Replace(good, bad))
            .Should().ContainSingle().Which.Should().Match(expected);

    [Theory]
    [InlineData("truth: clean", "energy: energy_eV",
        "recipe.yaml:10: microscope.energy: scalarizer.kind is value, so that *; remove it or change scalarizer.kind.")]
    [InlineData("truth: clean", "counts: 0.1", "recipe.yaml:10: microscope.counts: scalarizer.kind is value, *")]
    [InlineData("kind: value", "kind: value\n  window: 1 eV .. 2 eV",
        "recipe.yaml:15: scalarizer.window: the key belongs to scalarizer.kind: band-mean, *")]
    [InlineData("  seedsFrom: first", "  seeds: 3",
        "recipe.yaml:16: planner.seedsFrom: the key is missing; add it: the name of an array in the data set.")]
    [InlineData("seedDesign: recorded", "seedDesign: random",
        "recipe.yaml:18: planner.seedsFrom: the key belongs to planner.seedDesign: recorded, *")]
    public void Recorded_values_are_neither_spectra_nor_counts(string good, string bad, string expected) =>
        _folder.ErrorsOf(RecipeFolder.Values.Replace(good, bad))
            .Should().ContainSingle().Which.Should().Match(expected);

    [Fact]
    public void Only_a_data_set_names_seed_points() =>
        _folder.ErrorsOf(
            RecipeFolder.Simulated, ("planner.seedDesign", "recorded"), ("planner.seedsFrom", "seeds"))
            .Should().Equal("--set planner.seedDesign: only a data set names seed points; "
                + "write space-filling, random or model.");

    [Theory]
    [InlineData("", "recipe.yaml:1: the recipe is empty; *")]
    [InlineData("# nothing", "recipe.yaml:1: the recipe is empty; *")]
    [InlineData("---", "recipe.yaml:*: the recipe is empty; *")]
    [InlineData("- a\n- b", "recipe.yaml:1: the recipe is not a list of keys and values; *")]
    [InlineData("just words", "recipe.yaml:1: the recipe is not a list of keys and values; *")]
    [InlineData("a: [1", "recipe.yaml:*: this is not YAML (*); *")]
    [InlineData("a:\n\tb: 1", "recipe.yaml:1: this is not YAML (*); *")]
    public void What_is_no_recipe_is_said_in_one_line(string text, string expected) =>
        _folder.ErrorsOf(text).Should().ContainSingle().Which.Should().Match(expected);

    [Fact]
    public void A_second_document_is_refused() =>
        _folder.ErrorsOf(RecipeFolder.Simulated + "\n---\nversion: 1").Should().ContainSingle()
            .Which.Should().StartWith("recipe.yaml:9: a second document begins here;");

    [Fact]
    public void Aliases_that_would_grow_are_refused_before_they_do()
    {
        string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 20)
            .Select(i => $"b{i}: &b{i} [*a, *a, *a, *a, *a, *a, *a, *a]\n"));

        _folder.ErrorsOf(bomb).Should().HaveCount(21).And.OnlyContain(line => line.StartsWith("recipe.yaml:"));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i % 60) + "a: {"));

        _folder.ErrorsOf(deep).Should().ContainSingle().Which.Should().Contain("nested more than 16 deep");
        _folder.ErrorsOf(new string('[', 50_000)).Should().ContainSingle()
            .Which.Should().Contain("nested more than 16 deep");
    }

    [Fact]
    public void A_file_that_is_not_text_names_the_line()
    {
        File.WriteAllBytes(_folder.RecipePath, [.. "version: 1\nname: "u8, 0xFF, 0xFE]);

        ErrorOf(_folder.RecipePath).Should().Be(
            $"{_folder.RecipePath}:2: the file is not UTF-8 text; save it as UTF-8.");
    }

    [Fact]
    public void Missing_files_folders_and_huge_files_are_told_apart()
    {
        ErrorOf(_folder.RecipePath).Should().EndWith("recipe.yaml: there is no such file; check the path.");
        ErrorOf(_folder.Root).Should().EndWith(": this is a folder; name a recipe (.yaml) in it.");
        File.WriteAllBytes(_folder.RecipePath, new byte[300_000]);
        ErrorOf(_folder.RecipePath).Should().Contain("the file is larger than 256 KiB;");
    }

    [Fact]
    public void An_override_is_checked_like_the_file()
    {
        _folder.ErrorsOf(RecipeFolder.Simulated, ("planner.sedes", "3")).Should().Equal(
            "--set planner.sedes: there is no such key; did you mean 'planner.seeds'?");
        _folder.ErrorsOf(RecipeFolder.Simulated, ("exposure.dwell", "3 px")).Should().ContainSingle()
            .Which.Should().StartWith("--set exposure.dwell: 'px' is not a unit of a time; write a time in us, ms, ");
    }

    [Fact]
    public void All_mistakes_are_named_at_once_each_on_one_line()
    {
        string[] errors = _folder.ErrorsOf(
            RecipeFolder.Simulated.Replace("12 px", "0 px").Replace("tiny", "\"a\\nb\"").Replace("2.5 eV", "x"));

        errors.Should().HaveCount(3).And.OnlyContain(line => !line.Contains('\n'));
    }

    private static string ErrorOf(string path)
    {
        Action read = () => RecipeReader.Read(path, []);
        return read.Should().Throw<RecipeException>().Which.Errors.Should().ContainSingle().Which.ToString();
    }
}
