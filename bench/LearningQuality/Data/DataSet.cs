using DklActors.Instruments.Files;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.LearningQuality.Data;

/// <summary>Published data sets whose whole map is known.</summary>
internal static class DataSet
{
    public static IReadOnlyList<string> Names { get; } = ["sio2_eds", "pfm_beps", "plasmon_sim", "plasmon_sim_b"];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Folder that holds one folder a data set.</param>
    public static KnownScalars Load(string name, string folder) => name switch
    {
        "sio2_eds" => SilicaSpheres(Path.Combine(folder, name, "neutral.npz")),
        "pfm_beps" => Piezoresponse(Path.Combine(folder, name, "pfm.npz")),
        "plasmon_sim" => Plasmons(Path.Combine(folder, name), "yA"),
        "plasmon_sim_b" => Plasmons(Path.Combine(folder, "plasmon_sim"), "yB"),
        _ => throw new ArgumentException(
            $"There is no data set '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name)),
    };

    // Si K band: sum of the channels with 1.64 < E < 1.86 keV; errors are those of counting.
    private static KnownScalars SilicaSpheres(string path)
    {
        using ArrayContainer arrays = ArrayContainer.Open(path);
        DataArray counts = arrays.Read("eds");
        double[] energy = arrays.Read("energy_keV").ToDoubles();
        int[] band = [.. Enumerable.Range(0, energy.Length).Where(k => energy[k] is > 1.64 and < 1.86)];
        CandidateSet candidates = CandidatesOf("HAADF", arrays.Read("haadf"), 9);
        double[] values = OnCandidates(candidates, pixel => band.Sum(k => counts[(pixel * energy.Length) + k]));
        return new KnownScalars(candidates, values, Array.ConvertAll(values, v => Math.Sqrt(Math.Max(v, 1.0))), values);
    }

    private static KnownScalars Piezoresponse(string path)
    {
        using ArrayContainer arrays = ArrayContainer.Open(path);
        DataArray truth = arrays.Read("truth");
        CandidateSet candidates = CandidatesOf("amplitude", arrays.Read("image"), 16);
        double[] values = OnCandidates(candidates, pixel => truth[pixel]);
        return new KnownScalars(candidates, values, new double[values.Length], values);
    }

    private static KnownScalars Plasmons(string folder, string scalar)
    {
        using ArrayContainer arrays = ArrayContainer.Open(folder);
        double[] noisy = arrays.Read($"{scalar}_noisy").ToDoubles();
        return new KnownScalars(
            CandidatesOf("HAADF", arrays.Read("image"), 16),
            noisy,
            new double[noisy.Length],
            arrays.Read($"{scalar}_true").ToDoubles());
    }

    private static CandidateSet CandidatesOf(string channel, DataArray image, int window) => CandidateSet.Create(
        new StructuralImage(
            channel, new GridShape(image.Shape[0], image.Shape[1]), new Nanometre(1.0), image.ToSingles()),
        new PatchWindow(window));

    private static double[] OnCandidates(CandidateSet candidates, Func<int, double> valueOfPixel) =>
        [.. Enumerable.Range(0, candidates.Count)
            .Select(i => valueOfPixel(candidates.Image.Shape.IndexOf(candidates.PointAt(i))))];
}
