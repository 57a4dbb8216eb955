namespace DklActors.Host.Tests.EndToEnd;

/// <summary>Wrong input: one clear line with place, key and remedy, code 2, and no half-made run folder.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("planer.seeds=3", "--set planer.seeds", "'planner.seeds'")]
    [InlineData("patch=99 px", "--set patch", "scan of 40 px")]
    [InlineData("patch=7 nm", "--set patch", "px")]
    [InlineData("scalarizer.window=1 eV .. 99 eV", "--set scalarizer.window", "energy axis")]
    [InlineData("learning.model=deep", "--set learning.model", "default")]
    [InlineData("planner.measurements=5000", "--set planner.measurements", "candidates")]
    [InlineData("exposure.dwell=5 fortnights", "--set exposure.dwell", "ms")]
    [InlineData("stage.margin=5 px", "--set stage.margin", "at most 3 px")]
    [InlineData("journal.store=oracle", "--set journal.store", "sqlite or postgresql")]
    [InlineData("journal.connection=Host=db", "--set journal.connection", "here it is sqlite")]
    public Task A_value_that_cannot_be_is_named_with_its_remedy(string set, string place, string remedy) =>
        Refused(folder => ["run", folder.WriteRecipe(), "--set", set], place, remedy);

    [Theory]
    [InlineData("Host=db.lab;Database=dkl;Password=secret", "holds a password", "PGPASSWORD or ~/.pgpass")]
    [InlineData("Host=db.lab;Database=dkl;pwd=secret", "holds a password", "DKL_JOURNAL_CONNECTION")]
    [InlineData("Database=dkl", "no connection string", "Host=db.lab")]
    [InlineData("Hast=db.lab", "no connection string", "Host=db.lab")]
    public Task A_connection_that_cannot_be_is_refused_without_being_repeated(
        string connection, string problem, string remedy) => Refused(
        folder =>
        [
            "run", folder.WriteRecipe(),
            "--set", "journal.store=postgresql", "--set", $"journal.connection={connection}",
        ],
        "--set journal.connection", problem, remedy);

    [Fact]
    public Task An_unknown_key_in_the_file_is_named_with_its_line() =>
        Refused(folder => ["run", folder.WriteRecipe(more: "exposer: 3")], "recipe.yaml:20", "exposure");

    [Fact]
    public Task A_recipe_that_is_not_there_is_named() =>
        Refused(folder => ["run", Path.Combine(folder.Parent, "nowhere.yaml")], "nowhere.yaml");

    [Fact]
    public Task A_data_set_that_is_not_there_is_named() => Refused(
        folder => ["run", Preacquired(folder, "missing.npz")],
        "preacquired.yaml:5: microscope.data",
        "missing.npz");

    [Fact]
    public Task A_truncated_data_set_is_named() => Refused(
        folder =>
        {
            File.WriteAllBytes(Path.Combine(folder.Parent, "cut.npz"), [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2]);
            return ["run", Preacquired(folder, "cut.npz")];
        },
        "preacquired.yaml:5: microscope.data",
        "cut.npz",
        "truncated or damaged");

    [Fact]
    public Task Resuming_where_there_is_no_run_says_so() =>
        Refused(folder => ["run", "--resume", folder.Parent], "holds no run to continue");

    [Fact]
    public Task Resuming_with_another_recipe_is_refused() => Refused(
        folder => ["run", folder.WriteRecipe(), "--resume", folder.Parent], "--resume");

    [Fact]
    public Task An_option_that_is_not_there_is_refused() => Refused(folder => ["run", "--fast"], "--fast");

    [Fact]
    public Task A_set_without_a_value_is_refused() => Refused(
        folder => ["run", folder.WriteRecipe(), "--set", "patch"], "key=value");

    [Fact]
    public async Task A_folder_that_holds_a_run_is_not_written_over()
    {
        using var folder = new RunFolderOnDisk();
        string recipe = folder.WriteRecipe(measurements: 0);
        using DklProcess first = await DklProcess.RunAsync(folder.Parent, "run", recipe, "--out", folder.Run);
        first.ExitCode.Should().Be(0, first.Error);

        using DklProcess second = await DklProcess.RunAsync(folder.Parent, "run", recipe, "--out", folder.Run);
        second.ExitCode.Should().Be(2);
        second.Error.Should().Contain("--resume");
    }

    [Fact]
    public async Task Resuming_after_the_recipe_was_edited_is_refused_and_leaves_the_report_as_it_was()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess first = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 0), "--out", folder.Run);
        first.ExitCode.Should().Be(0, first.Error);
        string summary = Path.Combine(folder.Run, "summary.json");
        string before = await File.ReadAllTextAsync(summary);
        string recipe = Path.Combine(folder.Run, "recipe.yaml");
        string text = await File.ReadAllTextAsync(recipe);
        text.Should().Contain("patch: 7 px");
        await File.WriteAllTextAsync(recipe, text.Replace("patch: 7 px", "patch: 9 px", StringComparison.Ordinal));

        using DklProcess second = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run);
        second.ExitCode.Should().Be(2, second.Error);
        second.Error.Should().Contain("recipe.yaml is not the recipe");
        (await File.ReadAllTextAsync(summary)).Should().Be(before);
    }

    [Fact]
    public async Task Figures_that_cannot_be_written_are_named_and_cost_neither_summary_nor_measurements()
    {
        using var folder = new RunFolderOnDisk();
        Directory.CreateDirectory(folder.Run);
        await File.WriteAllTextAsync(Path.Combine(folder.Run, "figures"), "a file where the folder should be");
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 0), "--out", folder.Run, "--json");

        dkl.ExitCode.Should().Be(1);
        dkl.Error.Should().Contain("the figures could not be written");
        dkl.Summary.GetProperty("points").GetInt32().Should().Be(5);
        File.Exists(Path.Combine(folder.Run, "summary.json")).Should().BeTrue();
    }

    private static async Task Refused(Func<RunFolderOnDisk, string[]> arguments, params string[] words)
    {
        using var folder = new RunFolderOnDisk();
        string[] given = arguments(folder);
        string[] withOut = given.Contains("--resume") ? given : [.. given, "--out", folder.Run];
        using DklProcess dkl = await DklProcess.RunAsync(folder.Parent, withOut);

        dkl.ExitCode.Should().Be(2, dkl.Out + dkl.Error);
        string[] lines = dkl.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Should().ContainAll(words);
        dkl.Error.Should().NotContain("   at ", "a stack trace is not for users");
        Directory.Exists(folder.Run).Should().BeFalse("nothing half made is left");
    }

    private static string Preacquired(RunFolderOnDisk folder, string data)
    {
        string path = Path.Combine(folder.Parent, "preacquired.yaml");
        File.WriteAllText(path, $"""
            version: 1
            name: recorded
            microscope:
              kind: preacquired
              data: {data}
              image: haadf
              frames: eds
              energy: energy_keV
              energyUnit: keV
              pixelSize: 8 nm
            patch: 7 px
            scalarizer:
              kind: band-sum
              window: 1.6 keV .. 1.9 keV
            planner:
              acquisition: random
            """);
        return path;
    }
}
