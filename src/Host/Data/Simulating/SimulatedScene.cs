using System.Globalization;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Simulated;
using DklActors.Messages.Units;

namespace DklActors.Host.Data.Simulating;

/// <summary>The microscope that a simulation looks through, and the recipe that made it.</summary>
internal sealed record SimulatedScene(SampleDefaults Defaults, Recipe Recipe, SimulatedMicroscope Microscope)
    : IDisposable
{
    private const string Origin = "dkl data simulate";

    public SimulationOptions Sample => ((SimulatedSection)Recipe.Microscope).Sample;

    /// <summary>Electrons of one frame.</summary>
    public double Electrons => ((SimulatedSection)Recipe.Microscope).BeamCurrent.ElectronsDuring(Recipe.Exposure.Dwell);

    /// <exception cref="RecipeException">A value cannot be used; the message says which.</exception>
    public static SimulatedScene Of(SimulationRequest request, TimeProvider time)
    {
        SampleDefaults defaults = SampleDefaults.Of(request.Sample);
        List<(string Key, string Value)> overrides = [.. request.Overrides];
        if (!overrides.Exists(static change => change.Key == "microscope.beamCurrent"))
        {
            overrides.Add(("microscope.beamCurrent", CurrentFor(request.Electrons ?? defaults.Electrons, defaults)));
        }

        if (defaults.ParticlesAt96 is { } particles && SizeOf(overrides) is { } size
            && !overrides.Exists(static change => change.Key == "microscope.particles"))
        {
            double share = size * size / (96.0 * 96);
            overrides.Add(("microscope.particles", $"{Math.Clamp((int)(particles * share), 1, 10_000)}"));
        }

        Recipe recipe = RecipeText.Read(Origin, YamlOf(defaults), overrides, out RecipeOrigins origins);
        return new SimulatedScene(
            defaults, recipe, (SimulatedMicroscope)MicroscopeBuilder.Build(recipe, origins, time));
    }

    public void Dispose() => Microscope.Dispose();

    private static int? SizeOf(IEnumerable<(string Key, string Value)> overrides) =>
        int.TryParse(
            overrides.LastOrDefault(static change => change.Key == "microscope.size").Value?.Split(' ')[0],
            CultureInfo.InvariantCulture,
            out int size)
            ? size
            : null;

    private static string CurrentFor(double electrons, SampleDefaults defaults)
    {
        double seconds = double.Parse(defaults.Dwell.Split(' ')[0], CultureInfo.InvariantCulture) / 1000;
        double picoampere = electrons / (seconds * BeamCurrent.ElectronsPerSecondPerPicoampere);
        return string.Create(CultureInfo.InvariantCulture, $"{picoampere:G6} pA");
    }

    // The scalarizer is of no matter to the frames.
    private static string YamlOf(SampleDefaults defaults) => $"""
        version: 1
        name: {defaults.Name}
        microscope:
          kind: simulated
          sample: {defaults.Name}
        {string.Concat(defaults.Microscope.Select(static line => $"  {line}\n"))}
        exposure:
          dwell: {defaults.Dwell}
        patch: {defaults.Patch}
        scalarizer:
          kind: value
        """;
}
