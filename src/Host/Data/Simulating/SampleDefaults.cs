using DklActors.Host.Commands;

namespace DklActors.Host.Data.Simulating;

/// <summary>What a sample is simulated with where nobody says otherwise.</summary>
/// <param name="Name">As in a recipe.</param>
/// <param name="Electrons">Of one frame.</param>
/// <param name="Dwell">Of one frame, as in a recipe.</param>
/// <param name="Patch">Edge of the patches of the recipe that comes with the data.</param>
/// <param name="Microscope">Further lines of the microscope section.</param>
/// <param name="Question">What the number is that the recipe searches for, for people.</param>
internal sealed record SampleDefaults(
    string Name, double Electrons, string Dwell, string Patch, IReadOnlyList<string> Microscope, string Question)
{
    /// <summary>Particles on 96 px of scan; a scan of another size has as many to the area.</summary>
    public int? ParticlesAt96 { get; init; }

    private static readonly SampleDefaults[] All =
    [
        new("plasmons", 1e7, "100 ms", "12 px", [], "Plasmons at the edges of silver particles")
        {
            ParticlesAt96 = 14,
        },
        new(
            "core-loss", 2e8, "200 ms", "12 px", ["energyDispersion: 0.5 eV", "channels: 800", "zeroLossWidth: 0.8 eV"],
            "Ratio of the white lines of manganese, which tells its valence")
        {
            ParticlesAt96 = 14,
        },
        new("atomic-columns", 1e5, "1 ms", "16 px", [], "Deflection of the beam by the field of the columns"),
        new("strained-film", 2e5, "2 ms", "12 px", [], "Strain of the film along the columns of the image"),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(static sample => sample.Name));

    /// <exception cref="UsageException">There is no such sample.</exception>
    public static SampleDefaults Of(string name) =>
        Array.Find(All, sample => sample.Name == name)
        ?? throw new UsageException($"there is no sample '{name}'; choose one of {Names}.");
}
