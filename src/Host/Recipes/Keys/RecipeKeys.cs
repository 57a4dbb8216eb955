using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The one table of keys, from which reader, writer, schema and reference derive.</summary>
internal static partial class RecipeKeys
{
    public static readonly RecipeKey<int> Version =
        new("version", new WholeFormat(1, 1), "Version of the recipe format.");

    public static readonly RecipeKey<string> Name = new(
        "name", new TextFormat("1 to 64 of the characters a-z, 0-9 and -", 64, "^[a-z0-9-]{1,64}$"),
        "Short name of the experiment, for folders and journals.");

    public static readonly RecipeKey<string> Title =
        new("title", new TextFormat("text on one line", 200), "What the experiment is about, in words.")
        {
            DefaultInWords = "the name",
        };

    public static readonly RecipeKey<int> Seed = new(
        "seed", new WholeFormat(0, int.MaxValue),
        "Seed of every random choice: the design, the network, noise and draws.")
    {
        Default = "1",
    };

    public static readonly RecipeKey<TimeSpan> Dwell =
        new("exposure.dwell", Known.Times(0.001, 600_000), "Time the beam stays on one point.")
        {
            Default = "100 ms",
        };

    public static readonly RecipeKey<TimeSpan> Longest = new(
        "exposure.longest", Known.Times(0.001, 3_600_000),
        "Longest wall time of one exposure; the beam is blanked when it is over, whatever happens.")
    {
        DefaultInWords = "1.5 × dwell + 50 ms",
    };

    public static readonly RecipeKey<int> ExposureAttempts = new(
        "exposure.attempts", new WholeFormat(1, 10),
        "Exposures tried at one point before it is given up; each is charged to the dose.")
    {
        Default = "3",
    };

    public static readonly RecipeKey<PatchWindow> Patch = new(
        "patch",
        new QuantityFormat<PatchWindow>(
            UnitTable.Pixels, 3, 128, static size => new PatchWindow((int)size), static patch => patch.Size,
            isWhole: true),
        "Edge of the square of the structural image around a point, from which its value is predicted.");

    public static readonly RecipeKey<string> Quantity = new(
        "scalarizer.quantity", new TextFormat("text on one line", 60),
        "What the number is called on figures, with its unit.")
    {
        DefaultInWords = "what is computed, in words",
    };

    public static readonly RecipeKey<string> Model = new(
        "learning.model", new TextFormat("the name of a preset, of the characters a-z, 0-9 and -", 64, "^[a-z0-9-]+$"),
        "Preset of the model: 'default', or 'atomai' for the published network.")
    {
        Default = "default",
    };

    public static readonly RecipeKey<int> Epochs = new(
        "learning.epochs", new WholeFormat(1, 100_000),
        "Most epochs of one refit; a refit that has converged stops earlier.")
    {
        Default = "200",
    };

    public static readonly RecipeKey<int> StalenessLimit = new(
        "learning.stalenessLimit", new WholeFormat(1, 100_000),
        "Points the model may lag behind the measurements before the run pauses with the beam blanked.")
    {
        Default = "25",
    };

    public static readonly RecipeKey<LearningEngine> Engine = new(
        "learning.engine",
        new ChoiceFormat<LearningEngine>((LearningEngine.Managed, "managed"), (LearningEngine.Torch, "torch")),
        "What the model is computed with: managed needs nothing else, torch needs libtorch and computes on a GPU too "
        + "(docs/torch.md). Either goes on with a model of the other.")
    {
        Default = "managed",
        IsTacit = true,
    };

    public static readonly RecipeKey<string> Device = new(
        "learning.device", new TextFormat("cpu, cuda or cuda:0", 8, "^(cpu|cuda(:[0-9]{1,3})?)$"),
        "Where the torch engine computes.")
    {
        Default = "cpu",
        Condition = new RecipeCondition("learning.engine", "torch"),
    };

    public static readonly RecipeKey<TrainerPlace> Trainer = new(
        "learning.trainer",
        new ChoiceFormat<TrainerPlace>((TrainerPlace.Local, "local"), (TrainerPlace.Remote, "remote")),
        "Where the model is trained: beside the microscope, or on the trainer nodes of the daemon, and beside the "
        + "microscope while none answers. The outcome is the same.")
    {
        Default = "local",
        IsTacit = true,
    };

    public static readonly RecipeKey<TimeSpan> TrainerPatience = new(
        "learning.trainerPatience", Known.Times(100, 600_000),
        "How long a training waits for a trainer node to take it before it is done beside the microscope.")
    {
        Default = "10 s",
        IsTacit = true,
        Condition = new RecipeCondition("learning.trainer", "remote"),
    };

    public static readonly RecipeKey<TransferKind> Transfer = new(
        "learning.transfer",
        new ChoiceFormat<TransferKind>((TransferKind.None, "none"), (TransferKind.Warm, "warm")),
        "In a recipe that lists regions: whether the first training in a region starts from the last model of the "
        + "region before (docs/regions.md).")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<Optional<Dose>> DosePerPixel = new(
        "limits.dosePerPixel",
        new OptionalFormat<Dose>("none", new QuantityFormat<Dose>(
            UnitTable.Dose, 1e-6, 1e12, static value => new Dose(value),
            static dose => dose.ElectronsPerSquareAngstrom)),
        "Largest dose on one pixel; a point that would pass it is not exposed.")
    {
        Default = "none",
    };

    public static readonly RecipeKey<Optional<double>> TotalElectrons = new(
        "limits.totalElectrons", new OptionalFormat<double>("none", new NumberFormat(1, 1e30)),
        "Largest number of electrons on the whole sample.")
    {
        Default = "none",
    };

    public static readonly RecipeKey<Optional<TimeSpan>> Duration = new(
        "limits.duration", new OptionalFormat<TimeSpan>("none", Known.Times(1, 2_592_000_000)),
        "Longest wall time of the run.")
    {
        Default = "none",
    };

    public static readonly RecipeKey<long> MinimumFreeDisk = new(
        "limits.minimumFreeDisk",
        new QuantityFormat<long>(
            UnitTable.DataSize, 0, 1e15, static bytes => (long)bytes, static bytes => bytes, isWhole: true),
        "Free disk space below which the run pauses with the beam blanked.")
    {
        Default = "200 MB",
    };

    public static readonly RecipeKey<UnknownExposurePolicy> UnknownExposure = new(
        "recovery.unknownExposure",
        new ChoiceFormat<UnknownExposurePolicy>(
            (UnknownExposurePolicy.Skip, "skip"),
            (UnknownExposurePolicy.MeasureAgain, "measure-again")),
        "What a resumed run does with a point that was being exposed when the run was killed.")
    {
        Default = "skip",
    };

    public static readonly RecipeKey<JournalStore> JournalStore = new(
        "journal.store",
        new ChoiceFormat<JournalStore>(
            (Sections.JournalStore.Sqlite, "sqlite"), (Sections.JournalStore.Postgresql, "postgresql")),
        "What keeps the events: a file of the run folder, or a database that several daemons share.")
    {
        Default = "sqlite",
    };

    public static readonly RecipeKey<string> JournalConnection = new(
        "journal.connection",
        new TextFormat("a connection string of Npgsql without a password", ValueFormat.LongestText, "^.*\\S.*$"),
        "The database, such as Host=db.lab;Database=dkl;Username=dkl;Search Path=dkl. The password belongs into "
        + "PGPASSWORD or ~/.pgpass.")
    {
        DefaultInWords = "DKL_JOURNAL_CONNECTION has to hold it",
        Condition = new RecipeCondition("journal.store", "postgresql"),
    };
}
