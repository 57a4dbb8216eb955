using DklActors.Host.Tests.EndToEnd;

namespace DklActors.Host.Tests.Bridges;

/// <summary>Recipes of runs at a bridge.</summary>
internal static class BridgeRecipe
{
    /// <summary>Writes a recipe for the reference bridge's simulated specimen.</summary>
    public static string Write(
        RunFolderOnDisk folder, PythonBridge bridge, Uri? address = null, string dwell = "20 ms", int measurements = 6,
        string more = "")
    {
        string path = Path.Combine(folder.Parent, "recipe.yaml");
        File.WriteAllText(path, $"""
            version: 1
            name: bridged
            microscope:
              kind: bridge
              address: {(address ?? bridge.Address).GetLeftPart(UriPartial.Authority)}
              tokenFile: {bridge.TokenFile}
              detectorId: {PythonBridge.Detector}
              size: 40 px
              heartbeat: 1 s
            exposure:
              dwell: {dwell}
              longest: 10 s
            patch: 7 px
            scalarizer:
              kind: band-mean
              window: 1.6 eV .. 3.6 eV
            planner:
              acquisition: maximum-uncertainty
              seeds: 4
              measurements: {measurements}
            {more}
            """);
        return path;
    }
}
