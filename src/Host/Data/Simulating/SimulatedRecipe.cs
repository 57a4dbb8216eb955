using System.Globalization;
using System.Text;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.Films;
using DklActors.Instruments.Simulated.Patterns;
using DklActors.Physics.Patterns;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Data.Simulating;

/// <summary>The recipe that measures a simulated data set, with what is true of it in comments.</summary>
internal static class SimulatedRecipe
{
    // How far the soft edge of a disc reaches beyond its radius.
    private const double NeighbourEdgePixels = 3;

    /// <param name="scene">What was simulated.</param>
    /// <param name="data">The data set as seen from the recipe's folder.</param>
    /// <param name="hasTruthFrames">Whether frames without noise are in it.</param>
    public static string For(SimulatedScene scene, string data, bool hasTruthFrames)
    {
        Recipe recipe = scene.Recipe;
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"""
            # Simulated: {scene.Microscope.Sample.Description}.
            # Made by dkl data simulate {scene.Defaults.Name} with this microscope:
            #

            """);
        foreach (string line in MicroscopeLines(recipe))
        {
            yaml.Append("# ").Append(line).Append('\n');
        }

        if (scene.Microscope.Quantities.Count > 0)
        {
            yaml.Append("#\n# Known everywhere, in arrays of the same name as image:\n");
        }

        foreach (KnownQuantity quantity in scene.Microscope.Quantities)
        {
            string unit = quantity.Unit.Length > 0 ? $" ({quantity.Unit})" : "";
            yaml.Append("#   ").Append(DataSimulation.TruthName(quantity)).Append(unit).Append(": ")
                .Append(quantity.Meaning).Append('\n');
        }

        string energies = scene.Microscope.EnergyAxis is null ? "" : "  energy: energy\n  energyUnit: eV\n";
        string truth = hasTruthFrames ? "  truth: frames_truth\n" : "";
        yaml.Append(CultureInfo.InvariantCulture, $"""
            version: 1
            name: simulated-{scene.Defaults.Name}
            title: {scene.Defaults.Question}, simulated
            seed: 1

            microscope:
              kind: preacquired
              data: {data}
              image: image
              frames: frames
            {truth}{energies}  pixelSizeFrom: pixel_size
              pixelSizeUnit: nm
              beamCurrent: {((SimulatedSection)recipe.Microscope).BeamCurrent.Picoampere:R} pA
              settle: 5 ms
              readout: 10 ms

            exposure:
              dwell: {scene.Defaults.Dwell}

            patch: {scene.Defaults.Patch}

            scalarizer:
            {string.Concat(Scalarizer(scene).Select(static line => $"  {line}\n"))}
            planner:
              acquisition: maximum-uncertainty
              seeds: 10
              measurements: 60
              lookahead: 2

            """);
        return yaml.ToString();
    }

    /// <summary>The camera that the sample is looked at with; null where it gives spectra.</summary>
    public static PatternOptions? CameraOf(SimulationOptions sample) => sample switch
    {
        ColumnOptions columns => columns.Camera,
        FilmOptions film => film.Camera,
        _ => null,
    };

    private static IEnumerable<string> MicroscopeLines(Recipe recipe) => recipe.ToYaml().Split('\n')
        .SkipWhile(static line => line != "microscope:").TakeWhile(static line => line != "exposure:");

    private static string[] Scalarizer(SimulatedScene scene) => scene.Defaults.Name switch
    {
        "plasmons" => ["kind: band-mean", "window: 2.9 eV .. 3.5 eV"],
        "core-loss" =>
        [
            "kind: white-line-ratio",
            "window: 636 eV .. 648 eV",
            "reference: 648 eV .. 660 eV",
            "background: 590 eV .. 632 eV",
        ],
        "atomic-columns" => ["kind: com-magnitude"],
        _ => StrainOf((FilmOptions)scene.Sample),
    };

    private static string[] StrainOf(FilmOptions film)
    {
        (double row, double column) = film.Camera.ToCamera(0, film.ReflectionPixels);
        // A trench that reaches the neighbouring discs pushes weak ones away from the direct beam.
        double free = film.ReflectionPixels - film.Camera.DiscRadiusPixels - NeighbourEdgePixels;
        double trench = free > film.Camera.DiscRadiusPixels ? Math.Min(free, 2 * film.Camera.DiscRadiusPixels) : 0;
        return
        [
            "kind: strain-xx",
            Line(DiscParameters.DiscRadius, $"{film.Camera.DiscRadiusPixels:F3} px"),
            Line(DiscParameters.Trench, $"{trench:F1} px"),
            Line(DiscParameters.ReferenceA, $"{row:F4} px, {column:F4} px # 200 of the film without strain"),
            Line(DiscParameters.ReferenceB, $"{column:F4} px, {-row:F4} px"),
            Line(PatternParameters.ScanRotation, $"{film.Camera.ScanRotationDegrees:R} deg"),
        ];

        static string Line(ScalarizerParameter parameter, FormattableString value) =>
            $"{parameter.Key}: {FormattableString.Invariant(value)}";
    }
}
