using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The keys in the order in which a recipe is written; a selector stands before what it selects.</summary>
internal static class RecipeTable
{
    public static IReadOnlyList<RecipeKey> Keys { get; } =
    [
        RecipeKeys.Version, Name, Title, Seed,
        Microscope, RecipeKeys.Data, Image, ImageData, Frames, Positions, Truth, Energy, EnergyUnit,
        PixelSizeFrom, PixelSizeUnit, CountsPerUnit, Counts,
        Sample, Size, Particles, SampleSeed, Channels, ZeroLossWidth, EnergyOrigin, EnergyDispersion, PixelSize,
        .. OtherSamples,
        Address, TokenFile, Authority, DetectorId, Channel, Columns, SurveyDwell, Heartbeat, SpectrumSize, ReadBack,
        BeamCurrent, Settle, Readout, Survey, PlacementError, ReadBackNoise, OffsetRow, OffsetColumn, Blanker,
        DriftRow, DriftColumn, DriftWalk, DriftPer, ScanNoise,
        Dwell, Longest, ExposureAttempts,
        Patch,
        ScalarizerKeys.Kind, .. ScalarizerKeys.Parameters.Select(static entry => entry.Key), Quantity,
        Acquisition, Beta, Xi, Samples, Alternatives, References, Schedule, Goal, Target,
        DistanceCost, RecencyPenalty, RecencyRadius, RecencyMemory, RevisitPenalty, Region,
        Seeds, SeedDesign, SeedsFrom, Measurements, Lookahead,
        Model, Epochs, StalenessLimit, Engine, Device, Trainer, TrainerPatience, Transfer,
        Tolerance, StageTimeout, Margin, StageAttempts,
        SampleStageX, SampleStageY, SampleStageTolerance, SampleStageSettle, SampleStageTimeout, SampleStageAttempts,
        DriftEvery, LargestShift, LargestStep, LargestRate, LeastQuality, LargestChance, Unsure, Between, DriftSettle,
        DriftPatience,
        DosePerPixel, TotalElectrons, Duration, MinimumFreeDisk,
        BudgetElectrons, BudgetPerPixel, BudgetDuration, BudgetConvergence, BudgetTolerance, BudgetOver,
        UnknownExposure,
        RecipeKeys.JournalStore, JournalConnection,
    ];

    public static IReadOnlyDictionary<string, RecipeKey> ByPath { get; } =
        Keys.ToDictionary(static key => key.Path, StringComparer.Ordinal);

    /// <summary>Sections with what they are about, in order.</summary>
    public static IReadOnlyDictionary<string, string> Sections { get; } = new Dictionary<string, string>
    {
        ["microscope"] = "The instrument: a recorded data set or a simulated sample with its clockwork, or a "
            + "microscope.",
        ["exposure"] = "One exposure of one point.",
        ["scalarizer"] = "How a spectrum or a pattern becomes the number that is searched for.",
        ["planner"] = "What decides where to measure next, and how often.",
        ["learning"] = "The model and its refits.",
        ["stage"] = "How a position of the probe is set and confirmed; not the sample's stage, which is sampleStage.",
        ["sampleStage"] = "Where on the sample the run is measured: the stage that carries the sample is taken there "
            + "first. Of a bridge that moves it (docs/regions.md).",
        ["drift"] = "How the drift of the sample is followed: docs/drift.md.",
        ["limits"] = "What must never happen: it ends a run, which is then not complete, or pauses it.",
        ["budget"] = "What the run is worth: the first that is used up completes it, as planner.measurements does, "
            + "which is the budget of points. Each counts for this run alone (docs/budgets.md).",
        ["recovery"] = "What a resumed run does about what it cannot know.",
        ["journal"] = "Where the events of the run are kept: in a file of the run folder, or in a PostgreSQL database "
            + "that any number of daemons write their runs into. Raw frames and models are in the run folder either "
            + "way. None of it is part of the experiment: a run whose database has moved is resumed after the "
            + "connection was changed in its recipe.yaml. The environment variable DKL_JOURNAL_CONNECTION stands in "
            + "for journal.connection, as a whole, and is never written anywhere.",
    };
}
