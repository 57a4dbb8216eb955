using System.Collections.Immutable;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;
using DklActors.Simulation.Instruments;

namespace DklActors.Simulation.Worlds;

/// <summary>What the worlds' experiments are asked to do: small, and different from seed to seed.</summary>
internal static class Settings
{
    public const string RunId = "run";

    private static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(10);

    public static IScalarizer Scalarizer { get; } = ScalarizerCatalog.Create(new ScalarizerSpec("band-mean").With(
        SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(1), new ElectronVolt(4))));

    /// <summary>What a person may choose in its place.</summary>
    public static IScalarizer OtherScalarizer { get; } = ScalarizerCatalog.Create(
        new ScalarizerSpec("band-mean").With(
            SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(2), new ElectronVolt(5))));

    public static IDklEngine CreateEngine(CandidateSet candidates, string preset) =>
        LearnerPresets.Create(preset).Change(Quick).CreateEngine(candidates);

    /// <summary>The learner of a world: mostly one without a network, for there are many worlds.</summary>
    public static string Preset(SeededChoice choice) => choice.Chance(0.1) ? "dkl" : "position";

    public static ExperimentSettings Draw(ulong seed, SeededChoice choice) => new()
    {
        RunId = RunId,
        Name = "simulation",
        Seed = seed,
        RecipeHash = new string('a', 64),
        Provenance = new Provenance("simulation", "host", "os", "runtime", "processor", []),
        Patch = new PatchWindow(3),
        Exposure = new ExposureSettings(
            Dwell, TimeSpan.FromMilliseconds(200), 1 + choice.Below(3), TimeSpan.FromSeconds(2)),
        Stage = new StageSettings(1, TimeSpan.FromSeconds(5), 1 + choice.Below(3), choice.Below(2)),
        Plan = new PlanSettings(
            3, DesignOf(seed, choice.Chance(0.5)), 2 + choice.Below(5), 1 + choice.Below(3), Acquisition(choice),
            Goal.Maximise),
        Learning = new LearningSettings(
            "managed", 3, choice.Chance(0.3) ? 2 : 25, TimeSpan.FromMinutes(1)),
        Limits = Limits(choice),
        FirstSnapshot = 8,
        UnknownExposures = choice.Chance(0.5) ? UnknownExposurePolicy.Skip : UnknownExposurePolicy.MeasureAgain,
    };

    /// <summary>What another run has learned on a specimen of its own.</summary>
    public static TransferredModel LearnedElsewhere(ulong seed, PatchWindow patch, string preset)
    {
        var image = new Specimen(new SeededChoice(seed), drifts: false).Image;
        CandidateSet candidates = CandidateSet.Create(image, patch);
        ImmutableArray<Observation> observations =
        [
            .. Enumerable.Range(0, 4).Select(i => new Observation(
                i * candidates.Count / 4,
                image[candidates.PointAt(i * candidates.Count / 4)],
                StandardError: 0)),
        ];
        TrainedModel trained = CreateEngine(candidates, preset)
            .Train(new TrainingRequest(1, observations, null, seed), CancellationToken.None);
        return new TransferredModel(
            trained.State with { Version = ModelState.Foreign }, "elsewhere", 1, observations.Length);
    }

    public static DriftSettings DrawDrift(SeededChoice choice) => new()
    {
        EveryFrames = choice.Chance(0.7) ? 1 + choice.Below(3) : null,
        EveryTime = TimeSpan.FromMilliseconds(20 + choice.Below(400)),
        LargestShiftPixels = 2 + choice.Below(4),
        LargestStepPixels = 2.5,
        LargestRatePixelsPerMinute = choice.Chance(0.3) ? 600 : null,
        // Nothing but drift changes these images, so that only perfect ones are refused: bad looks must come up, too.
        LeastQuality = choice.Chance(0.3) ? 1 : 0.3,
        LargestChance = 1,
        Unsure = choice.Below(4) switch
        {
            0 => UnsureDrift.Hold,
            1 => UnsureDrift.End,
            _ => UnsureDrift.GoOn,
        },
        Settle = TimeSpan.FromMilliseconds(10 + choice.Below(500)),
        MostLooksHeld = 1 + choice.Below(5),
        Extrapolates = choice.Chance(0.5),
    };

    /// <summary>In every seventh world a model chooses the seeds, and in half of these it is another run's.</summary>
    private static SeedDesignKind DesignOf(ulong seed, bool spreads) =>
        seed % 7 == 2 ? SeedDesignKind.Model
        : spreads ? SeedDesignKind.SpaceFilling
        : SeedDesignKind.Random;

    private static IAcquisitionFunction Acquisition(SeededChoice choice) => AcquisitionText.Parse(choice.Below(4) switch
    {
        0 => "thompson",
        1 => "expected-improvement",
        2 => "upper-confidence-bound",
        _ => "maximum-uncertainty",
    });

    private static DoseLimits Limits(SeededChoice choice)
    {
        double exposure = Specimen.Current.ElectronsDuring(TimeSpan.FromMilliseconds(200));
        return choice.Below(6) switch
        {
            0 => new DoseLimits(null, exposure * (2 + choice.Below(20)), null),
            1 => new DoseLimits(
                DoseLedger.DoseOf(exposure * (1.1 + choice.Fraction()), Specimen.PixelSize), null, null),
            2 => new DoseLimits(null, null, TimeSpan.FromSeconds(1 + choice.Below(60))),
            _ => DoseLimits.None,
        };
    }

    private static DklOptions Quick(DklOptions options) => options with
    {
        Threads = 1,
        Optimiser = options.Optimiser with { MaxEpochs = 4, MaxWarmEpochs = 2 },
    };
}
