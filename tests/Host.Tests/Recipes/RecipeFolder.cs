using DklActors.Host.Recipes;

namespace DklActors.Host.Tests.Recipes;

/// <summary>A folder of its own for the recipes of one test; it goes when the test is over.</summary>
internal sealed class RecipeFolder : IDisposable
{
    public const string Simulated = """
        version: 1
        name: tiny
        microscope:
          kind: simulated
        patch: 12 px
        scalarizer:
          kind: band-mean
          window: 1.9 eV .. 2.5 eV
        """;

    public const string Preacquired = """
        version: 1
        name: recorded
        microscope:
          kind: preacquired
          data: data.npz
          image: haadf
          frames: eds
          energy: energy_keV
          energyUnit: keV
          pixelSize: 8.55 nm
        patch: 9 px
        scalarizer:
          kind: band-sum
          window: 1.64 keV .. 1.86 keV
        """;

    public const string Values = """
        version: 1
        name: values
        microscope:
          kind: preacquired
          data: data.npz
          image: picture
          imageData: data.npz
          frames: heights
          positions: centres
          truth: clean
          pixelSize: 8.55 nm
        patch: 9 px
        scalarizer:
          kind: value
          quantity: height (nm)
        planner:
          seedDesign: recorded
          seedsFrom: first
        """;

    public RecipeFolder()
    {
        Root = Directory.CreateTempSubdirectory("recipes-").FullName;
        File.WriteAllBytes(Path.Combine(Root, "data.npz"), []);
    }

    public string Root { get; }

    public string RecipePath => Path.Combine(Root, "recipe.yaml");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string Write(string yaml)
    {
        File.WriteAllText(RecipePath, yaml);
        return RecipePath;
    }

    public Recipe Read(string yaml, params (string Key, string Value)[] overrides) =>
        RecipeReader.Read(Write(yaml), overrides);

    /// <summary>The errors, one a line, with the folder taken out of them.</summary>
    public string[] ErrorsOf(string yaml, params (string Key, string Value)[] overrides)
    {
        Action read = () => Read(yaml, overrides);
        return [.. read.Should().Throw<RecipeException>().Which.Errors
            .Select(error => error.ToString().Replace(Root + Path.DirectorySeparatorChar, ""))];
    }
}
