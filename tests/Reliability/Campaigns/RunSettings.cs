using DklActors.Messages.Units;

namespace DklActors.Reliability.Campaigns;

/// <summary>A run of the sample experiment, small enough to be killed many times.</summary>
/// <param name="Seed">Of the experiment.</param>
/// <param name="Points">Points it measures.</param>
/// <param name="Dwell">Time of one exposure.</param>
/// <param name="Longest">After this the instrument blanks by itself.</param>
internal sealed record RunSettings(int Seed, int Points, TimeSpan Dwell, TimeSpan Longest)
{
    /// <summary>What learns; most of a short process's time is its start, and a small model's is shorter.</summary>
    public string Model { get; init; } = "position";

    private const int SeedPoints = 5;

    public static BeamCurrent Current { get; } = new(10);

    /// <summary>What it overrides in the sample recipe.</summary>
    public IReadOnlyList<string> Overrides =>
    [
        $"seed={Seed}", $"exposure.dwell={Dwell.TotalMilliseconds} ms",
        $"exposure.longest={Longest.TotalMilliseconds} ms",
        $"planner.seeds={SeedPoints}", $"planner.measurements={Points - SeedPoints}",
        "patch=7 px", $"learning.model={Model}", "learning.epochs=10", "microscope.channels=250",
        "microscope.size=40 px", "microscope.particles=3", "microscope.settle=1 ms", "microscope.readout=2 ms",
        "microscope.survey=20 ms", $"microscope.beamCurrent={Current.Picoampere} pA",
    ];
}
