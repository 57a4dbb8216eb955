using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Virtual;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of the drift of a sample: how a virtual one moves, and how any is followed.</summary>
internal static partial class RecipeKeys
{
    private const double MostDriftPx = 10_000;

    public static readonly RecipeKey<double> DriftRow = new(
        "microscope.driftRow", Known.Pixels(-MostDriftPx, MostDriftPx),
        "How far the sample moves along the rows in one unit of driftPer.")
    {
        Default = "0 px",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> DriftColumn = new(
        "microscope.driftColumn", Known.Pixels(-MostDriftPx, MostDriftPx),
        "How far the sample moves along the columns in one unit of driftPer.")
    {
        Default = "0 px",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> DriftWalk = new(
        "microscope.driftWalk", Known.Pixels(0, MostDriftPx),
        "Standard deviation, along either axis, of a random walk of the sample in one unit of driftPer.")
    {
        Default = "0 px",
        IsTacit = true,
    };

    public static readonly RecipeKey<DriftPace> DriftPer = new(
        "microscope.driftPer",
        new ChoiceFormat<DriftPace>((DriftPace.Minute, "minute"), (DriftPace.Exposure, "exposure")),
        "What the sample moves with: the clock, or the exposures, which is the same in every run of a seed however "
        + "quick the clock is.")
    {
        Default = "minute",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> ScanNoise = new(
        "microscope.surveyNoise", new NumberFormat(0, 100),
        "Noise that each scan of the structural image adds anew, as a share of the image's own standard deviation.")
    {
        Default = "0",
        IsTacit = true,
    };

    public static readonly RecipeKey<DriftInterval> DriftEvery = new(
        "drift.every", new DriftIntervalFormat(),
        "How often the structural image is scanned again to see how far the sample has moved; each scan costs the dose "
        + "of a survey. Also once when a run is taken up again.")
    {
        Default = "off",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> LargestShift = new(
        "drift.largestShift", Known.Pixels(1, MostDriftPx),
        "Farthest that the sample may have moved since the first image; beyond, exposures are held back until it has "
        + "come back to 80 % of it.")
    {
        Default = "32 px",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> LargestStep = new(
        "drift.largestStep", Known.Pixels(2, MostDriftPx),
        "Farthest that it may have moved from one look to the next: how far a match is searched for, and farther with "
        + "each look that gave none. In a periodic image less than half of the period, or one lattice point may be "
        + "taken for another.")
    {
        Default = "8 px",
        IsTacit = true,
    };

    public static readonly RecipeKey<Optional<double>> LargestRate = new(
        "drift.largestRate", new OptionalFormat<double>("none", new QuantityFormat<double>(
            UnitTable.DriftRate, 1e-6, 1e6, static value => value, static value => value)),
        "Fastest drift; beyond, exposures are held back until it has fallen to 80 % of it.")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> LeastQuality = new(
        "drift.leastQuality", new NumberFormat(0, 1),
        "Least quality of a match that is trusted: the normalised correlation of the two images, the shift undone, "
        + "over the frequencies that stand out of the noise.")
    {
        Default = "0.9",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> LargestChance = new(
        "drift.largestChance", new NumberFormat(0, 1),
        "Largest probability that scenes with nothing in common, as smooth and as sparse as these, match as well by "
        + "chance somewhere within the search; a match that may be such a one is not trusted. An image that shows no "
        + "more than one or two things needs more than the default.")
    {
        Default = "0.001",
        IsTacit = true,
    };

    public static readonly RecipeKey<UnsureLook> Unsure = new(
        "drift.unsure",
        new ChoiceFormat<UnsureLook>(
            (UnsureLook.GoOn, "go-on"), (UnsureLook.Pause, "pause"), (UnsureLook.End, "end")),
        "What follows from a look without such a match: go on with the last good one, pause with the beam blanked "
        + "until there is one, or end the run.")
    {
        Default = "go-on",
        IsTacit = true,
    };

    public static readonly RecipeKey<BetweenLooks> Between = new(
        "drift.between",
        new ChoiceFormat<BetweenLooks>((BetweenLooks.Extrapolate, "extrapolate"), (BetweenLooks.Stay, "stay")),
        "Where targets are from one look to the next: they move on by the last rate, for as long as it was told over, "
        + "or stay where the last look had them.")
    {
        Default = "extrapolate",
        IsTacit = true,
    };

    public static readonly RecipeKey<TimeSpan> DriftSettle = new(
        "drift.settle", Known.Times(1, 86_400_000),
        "Wait before the next look while exposures are held back for the drift.")
    {
        Default = "30 s",
        IsTacit = true,
    };

    public static readonly RecipeKey<int> DriftPatience = new(
        "drift.patience", new WholeFormat(1, 10_000),
        "Looks in a row for which exposures may be held back; each costs dose. Then the run ends.")
    {
        Default = "10",
        IsTacit = true,
    };
}
