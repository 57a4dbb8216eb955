using DklActors.Host.Recipes.Formats;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <content>Keys of the simulated crystal and film alone.</content>
internal static partial class RecipeKeys
{
    private static readonly RecipeCondition OnlyColumns = new("microscope.sample", "atomic-columns");
    private static readonly RecipeCondition OnlyFilm = new("microscope.sample", "strained-film");

    public static readonly RecipeKey<Nanometre> ProbeSize = new(
        "microscope.probeSize", Known.Lengths(), "Full width at half maximum of the probe on the sample.")
    {
        Default = "0.08 nm",
        Condition = OnlyColumns,
    };

    public static readonly RecipeKey<double> Dopants = new(
        "microscope.dopants", new NumberFormat(0, 1), "Share of the strontium columns that hold lead.")
    {
        Default = "0.06",
        Condition = OnlyColumns,
    };

    public static readonly RecipeKey<double> Vacancies = new(
        "microscope.vacancies", new NumberFormat(0, 1), "Share of the columns with oxygen that are half empty.")
    {
        Default = "0.05",
        Condition = OnlyColumns,
    };

    public static readonly RecipeKey<int> DomainWalls = new(
        "microscope.domainWalls", new WholeFormat(0, 20), "Walls between ferroelectric domains.")
    {
        Default = "1",
        Condition = OnlyColumns,
    };

    public static readonly RecipeKey<Nanometre> Displacement = new(
        "microscope.displacement",
        new QuantityFormat<Nanometre>(
            UnitTable.Length, 0, 0.06, static value => new Nanometre(value), static length => length.Value),
        "How far titanium leaves the middle of its cell inside a domain.")
    {
        Default = "0.02 nm",
        Condition = OnlyColumns,
    };

    public static readonly RecipeKey<int> Grains = new(
        "microscope.grains", new WholeFormat(1, 500), "Grains of the film.")
    {
        Default = "8",
        Condition = OnlyFilm,
    };

    public static readonly RecipeKey<double> OrientationSpread = new(
        "microscope.orientationSpread",
        new QuantityFormat<double>(UnitTable.Angle, 0, 45, static value => value, static value => value),
        "Largest rotation of a grain about the beam, to either side.")
    {
        Default = "20 deg",
        Condition = OnlyFilm,
    };

    public static readonly RecipeKey<double> FilmStrain = new(
        "microscope.strain", new NumberFormat(0, 0.05),
        "Misfit strain of the inclusions; bending adds half of it at the rims.")
    {
        Default = "0.01",
        Condition = OnlyFilm,
    };

    public static readonly RecipeKey<int> Inclusions = new(
        "microscope.inclusions", new WholeFormat(0, 200), "Inclusions, by turns wider and narrower than the film.")
    {
        Default = "6",
        Condition = OnlyFilm,
    };

    public static readonly RecipeKey<int> AmorphousRegions = new(
        "microscope.amorphousRegions", new WholeFormat(0, 50), "Regions of the film that are amorphous.")
    {
        Default = "2",
        Condition = OnlyFilm,
    };

    public static readonly RecipeKey<int> Holes = new(
        "microscope.holes", new WholeFormat(0, 20), "Holes in the film.")
    {
        Default = "1",
        Condition = OnlyFilm,
    };

    /// <summary>Keys that no plasmons have, in the order in which a recipe is written.</summary>
    public static IReadOnlyList<RecipeKey> OtherSamples =>
    [
        Thickness, PointSpread, Spikes, Detector, DiffractionPixel, ConvergenceAngle, AcceleratingVoltage, Background,
        DescanRow, DescanColumn, CameraRotation, ProbeSize, Dopants, Vacancies, DomainWalls, Displacement,
        Grains, OrientationSpread, FilmStrain, Inclusions, AmorphousRegions, Holes,
    ];
}
