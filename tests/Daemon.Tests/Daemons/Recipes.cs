namespace DklActors.Daemon.Tests.Daemons;

/// <summary>Small experiments on a simulated microscope.</summary>
internal static class Recipes
{
    /// <summary>Over in a second or so.</summary>
    public static Dictionary<string, string> Short => With(("planner.measurements", "4"));

    /// <summary>Goes on for as long as a test may look at it.</summary>
    public static Dictionary<string, string> Long => With(("planner.measurements", "900"), ("exposure.dwell", "20 ms"));

    public const string Text =
        """
        version: 1
        name: tiny
        title: A tiny experiment
        seed: 3
        microscope:
          kind: simulated
          size: 40 px
          pixelSize: 6 nm
          particles: 4
          sampleSeed: 7
          channels: 64
          energyOrigin: 0 eV
          energyDispersion: 0.1 eV
          zeroLossWidth: 0.3 eV
          beamCurrent: 10 pA
          settle: 0 ms
          readout: 1 ms
          survey: 1 ms
        exposure:
          dwell: 4 ms
        patch: 8 px
        scalarizer:
          kind: band-mean
          window: 2.9 eV .. 3.5 eV
        planner:
          acquisition: maximum-uncertainty
          seeds: 6
          measurements: 4
        learning:
          model: default
          epochs: 10
          stalenessLimit: 1000
        """;

    /// <summary>The same, in fields of their own.</summary>
    /// <param name="regions">The name of each, and what it has of its own beside its sample: lines of YAML.</param>
    public static string InRegions(params (string Name, string More)[] regions) => string.Concat(
        regions.Select(static (region, i) => $"""

              - name: {region.Name}
                microscope:
                  sampleSeed: {7 + i}
            {string.Concat(region.More.Split('\n').Select(static line => $"    {line}\n"))}
            """.TrimEnd()).Prepend(Text + "\nregions:")) + "\n";

    /// <summary>Three regions.</summary>
    public static string Campaign => InRegions(("left", ""), ("middle", ""), ("right", ""));

    public static Dictionary<string, string> With(params (string Key, string Value)[] changes) =>
        changes.ToDictionary(static change => change.Key, static change => change.Value);
}
