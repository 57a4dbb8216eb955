using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.CoreLoss;
using DklActors.Instruments.Simulated.Films;
using DklActors.Instruments.Simulated.Patterns;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.LearningQuality.Data;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Transfer;

/// <summary>Pairs of regions that are wholly known, of one kind each.</summary>
internal static class Scenes
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "nanoparticles", "oxides", "columns", "film", "sio2_eds", "pfm_beps", "plasmon_sim", "plasmon_sim_b",
    ];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="pair">Which, from 0; recorded data have two at most, and begin again then.</param>
    /// <param name="size">Edge of a simulated image, px.</param>
    /// <param name="folder">Folder of the recorded data.</param>
    public static KnownScalars[] Pair(string name, int pair, int size, string folder) =>
        name is "nanoparticles" or "oxides" or "columns" or "film"
            ? [.. Enumerable.Range(0, 2).Select(region =>
                Measure(name, (1000 * (pair + 1)) + region, pair + 1, size))]
            : RecordedRegions.Pair(DataSet.Load(name, folder), pair);

    // What a campaign would look at: one kind of sample in several places.
    private static KnownScalars Measure(string name, int sampleSeed, long noiseSeed, int size) => name switch
    {
        "nanoparticles" => Measure(
            new PlasmonOptions
            {
                Grid = new GridShape(size, size),
                PixelSize = new Nanometre(3),
                Particles = Math.Max(2, 14 * size * size / (96 * 96)),
                Seed = sampleSeed,
                NoiseSeed = noiseSeed,
                EnergyAxis = new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.02), 400),
                ZeroLossWidth = new ElectronVolt(0.15),
                NominalDwell = TimeSpan.FromMilliseconds(100),
                BeamCurrent = new BeamCurrent(10),
            },
            Windowed("band-mean", 2.9, 3.5), patch: 12, noiseSeed),
        "oxides" => Measure(
            new CoreLossOptions
            {
                Grid = new GridShape(size, size),
                Particles = Math.Max(2, 8 * size * size / (64 * 64)),
                Thickness = new Nanometre(20),
                Seed = sampleSeed,
                NoiseSeed = noiseSeed,
                EnergyAxis = new EnergyAxis(new ElectronVolt(560), new ElectronVolt(1), 140),
                NominalDwell = TimeSpan.FromMilliseconds(200),
                BeamCurrent = new BeamCurrent(400),
            },
            Windowed("band-mean", 636, 660), patch: 9, noiseSeed),
        "columns" => Measure(
            new ColumnOptions
            {
                Grid = new GridShape(size, size),
                Camera = new PatternOptions
                {
                    Detector = new GridShape(64, 64), MilliradPerPixel = 1.5, ConvergenceMillirad = 20,
                },
                Seed = sampleSeed,
                NoiseSeed = noiseSeed,
                NominalDwell = TimeSpan.FromMilliseconds(1),
                BeamCurrent = new BeamCurrent(16),
            },
            new ScalarizerSpec("com-magnitude"), patch: 13, noiseSeed),
        _ => Measure(
            new FilmOptions
            {
                Grid = new GridShape(size, size),
                Camera = new PatternOptions
                {
                    Detector = new GridShape(128, 128), MilliradPerPixel = 1, ConvergenceMillirad = 4,
                },
                Strain = 0.02,
                Grains = 1,
                OrientationDegrees = 0,
                AmorphousRegions = 0,
                Holes = 0,
                Seed = sampleSeed,
                NoiseSeed = noiseSeed,
                NominalDwell = TimeSpan.FromMilliseconds(10),
                BeamCurrent = new BeamCurrent(32),
            },
            StrainAlongColumns(), patch: 11, noiseSeed),
    };

    private static KnownScalars Measure(
        SimulationOptions options, ScalarizerSpec scalarizer, int patch, long noiseSeed)
    {
        using var microscope = new SimulatedMicroscope(options, VirtualTiming.Instant, TimeProvider.System);
        return Measure(microscope, ScalarizerCatalog.Create(scalarizer), new PatchWindow(patch), noiseSeed);
    }

    private static KnownScalars Measure(
        SimulatedMicroscope microscope, IScalarizer scalarizer, PatchWindow patch, long noiseSeed)
    {
        GridShape grid = microscope.Probe.ScanWindow;
        CandidateSet all = CandidateSet.Create(microscope.Image, patch);
        GridPoint[] known =
        [
            .. Enumerable.Range(0, all.Count).Select(all.PointAt)
                .Where(point => double.IsFinite(scalarizer.At(point, grid, microscope.FrameAt).Value)),
        ];
        var candidates = CandidateSet.Among(microscope.Image, patch, known);
        double[] truth = new double[candidates.Count], measured = new double[candidates.Count];
        double[] errors = new double[candidates.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            GridPoint point = candidates.PointAt(i);
            truth[i] = scalarizer.At(point, grid, microscope.FrameAt).Value;
            ScalarResult scalar = scalarizer.At(point, grid, place => microscope.MeasuredAt(place, noiseSeed));
            (measured[i], errors[i]) = scalar.Quality == ScalarQuality.Bad
                ? (double.NaN, 0)
                : (scalar.Value, scalar.StandardError);
        }

        return new KnownScalars(candidates, measured, errors, truth);
    }

    private static ScalarizerSpec Windowed(string kind, double from, double to) => new ScalarizerSpec(kind).With(
        SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(from), new ElectronVolt(to)));

    // The lattice is that of the sample recipe.
    private static ScalarizerSpec StrainAlongColumns()
    {
        var spec = new ScalarizerSpec("strain-xx");
        return spec with
        {
            Values = spec.Values
                .Add("discRadius", 4.0)
                .Add("trench", 5.5)
                .Add("referenceA", new DetectorPoint(0, 12.54))
                .Add("referenceB", new DetectorPoint(12.54, 0)),
        };
    }
}
