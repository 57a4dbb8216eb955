namespace DklActors.Daemon;

/// <summary>Experiments to load a daemon with.</summary>
internal static class LoadRecipe
{
    /// <param name="points">Points of the run.</param>
    /// <param name="dwellMs">Integration time of a point.</param>
    /// <param name="seed">Seed of the run.</param>
    public static string Of(int points, int dwellMs, int seed) => FormattableString.Invariant(
        $"""
        version: 1
        name: load
        title: Load
        seed: {seed}
        microscope:
          kind: simulated
          size: 48 px
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
          dwell: {dwellMs} ms
        patch: 8 px
        scalarizer:
          kind: band-mean
          window: 2.9 eV .. 3.5 eV
        planner:
          acquisition: maximum-uncertainty
          seeds: 10
          measurements: {points - 10}
        learning:
          model: position
          epochs: 1
          stalenessLimit: 1000
        """);
}
