using DklActors.Host.Recipes.Formats;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of where on the sample a run is measured. All tacit: most recipes leave the stage alone.</summary>
internal static partial class RecipeKeys
{
    private const double FarthestNm = 1e7;
    private const string LeftAlone = "the stage is left where it is";

    private static QuantityFormat<Nanometre> StageLength => new(
        UnitTable.Length, -FarthestNm, FarthestNm, static value => new Nanometre(value), static length => length.Value);

    public static readonly RecipeKey<Nanometre> SampleStageX = new(
        "sampleStage.x", StageLength,
        "Where the sample's stage is taken before the structural image, with the beam blanked; x of the microscope's "
        + "own coordinates.")
    {
        DefaultInWords = LeftAlone,
    };

    public static readonly RecipeKey<Nanometre> SampleStageY = new(
        "sampleStage.y", StageLength, "The same, y. One is not given without the other.")
    {
        DefaultInWords = LeftAlone,
    };

    public static readonly RecipeKey<Nanometre> SampleStageTolerance = new(
        "sampleStage.tolerance", Known.Lengths(),
        "Largest distance from that place at which the stage reads back; of a run that is taken up again, from where "
        + "it was read back when the run placed it.")
    {
        Default = "100 nm",
        IsTacit = true,
    };

    public static readonly RecipeKey<TimeSpan> SampleStageSettle = new(
        "sampleStage.settle", Known.Times(0, 3_600_000),
        "Wait after a move, before the read-back that counts and the structural image.")
    {
        Default = "2 s",
        IsTacit = true,
    };

    public static readonly RecipeKey<TimeSpan> SampleStageTimeout = new(
        "sampleStage.timeout", Known.Times(10, 3_600_000),
        "Longest wait for one move, its settling and its read-back; also for a stage that is only asked where it is.")
    {
        Default = "3 min",
        IsTacit = true,
    };

    public static readonly RecipeKey<int> SampleStageAttempts = new(
        "sampleStage.attempts", new WholeFormat(1, 10), "Moves tried before the run ends.")
    {
        Default = "2",
        IsTacit = true,
    };
}
