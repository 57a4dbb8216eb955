using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <content>Keys of simulated samples.</content>
internal static partial class RecipeKeys
{
    private static readonly RecipeCondition Simulated = new("microscope.kind", "simulated");
    private static readonly RecipeCondition Scanned =
        new("microscope.kind", "simulated", "bridge", "asyncroscopy");
    private static readonly RecipeCondition OfSpectra = new("microscope.sample", "plasmons", "core-loss");
    private static readonly RecipeCondition OfCoreLoss = new("microscope.sample", "core-loss");
    private static readonly RecipeCondition OfPatterns = new("microscope.sample", "atomic-columns", "strained-film");
    private static readonly RecipeCondition OfAllButPlasmons =
        new("microscope.sample", "core-loss", "atomic-columns", "strained-film");

    public static readonly RecipeKey<SampleKind> Sample = new(
        "microscope.sample",
        new ChoiceFormat<SampleKind>(
            (SampleKind.Plasmons, "plasmons"),
            (SampleKind.CoreLoss, "core-loss"),
            (SampleKind.AtomicColumns, "atomic-columns"),
            (SampleKind.StrainedFilm, "strained-film")),
        "What is simulated: silver particles by low-loss EELS, oxides by core-loss EELS, a perovskite at atomic "
        + "resolution by 4D-STEM, or a strained film of several grains by nanobeam diffraction.")
    {
        Default = "plasmons",
        IsTacit = true,
        Condition = Simulated,
    };

    public static readonly RecipeKey<int> Size = new(
        "microscope.size", Known.WholePixels(16, 2048), "Edge of the square scan.")
    {
        Default = "96 px",
        Condition = Scanned,
    };

    public static readonly RecipeKey<int> Particles = new(
        "microscope.particles", new WholeFormat(1, 10_000), "Number of nanoparticles.")
    {
        Default = "14",
        Condition = OfSpectra,
    };

    public static readonly RecipeKey<int> SampleSeed = new(
        "microscope.sampleSeed", new WholeFormat(0, int.MaxValue),
        "Seed of the sample; another seed of the experiment looks at the same sample.")
    {
        Default = "7",
        Condition = Simulated,
    };

    public static readonly RecipeKey<int> Channels = new(
        "microscope.channels", new WholeFormat(8, 65_536), "Channels of a spectrum.")
    {
        Default = "400",
        Condition = OfSpectra,
    };

    public static readonly RecipeKey<ElectronVolt> ZeroLossWidth = new(
        "microscope.zeroLossWidth", Known.Energies(0.001, 10), "Full width at half maximum of the zero-loss peak.")
    {
        Default = "150 meV",
        Condition = OfSpectra,
    };

    public static readonly RecipeKey<Nanometre> Thickness = new(
        "microscope.thickness", Known.Lengths(), "Thickness of the sample along the beam.")
    {
        DefaultInWords = "40 nm for core-loss, 2 nm for atomic-columns, 10 nm for strained-film",
        Condition = OfAllButPlasmons,
    };

    public static readonly RecipeKey<double> PointSpread = new(
        "microscope.pointSpread", Known.Pixels(0, 8),
        "Standard deviation of the detector's point spread, in its pixels or channels.")
    {
        Default = "0.6 px",
        Condition = OfAllButPlasmons,
    };

    public static readonly RecipeKey<double> Spikes = new(
        "microscope.spikes", new NumberFormat(0, 1), "Share of the spectra that an X-ray hits.")
    {
        Default = "0.02",
        Condition = OfCoreLoss,
    };

    public static readonly RecipeKey<int> Detector = new(
        "microscope.detector", Known.WholePixels(16, 1024), "Edge of the square camera.")
    {
        Default = "128 px",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> DiffractionPixel = new(
        "microscope.diffractionPixel", Angles(1e-3, 100), "Scattering angle that one camera pixel spans.")
    {
        DefaultInWords = "96 mrad over the edge of the camera for atomic-columns, 128 mrad for strained-film",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> ConvergenceAngle = new(
        "microscope.convergenceAngle", Angles(0.05, 200),
        "Convergence semi-angle: the radius of a disc. The film's discs lie 12.5 mrad apart at 200 kV: above "
        + "6.3 mrad they overlap.")
    {
        DefaultInWords = "20 mrad for atomic-columns, 4 mrad for strained-film",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> AcceleratingVoltage = new(
        "microscope.acceleratingVoltage",
        new QuantityFormat<double>(UnitTable.Voltage, 10, 1500, static value => value, static value => value),
        "Accelerating voltage, from which wavelength and deflection follow.")
    {
        Default = "200 kV",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> Background = new(
        "microscope.background", new NumberFormat(0, 0.9), "Share of the electrons that are scattered diffusely.")
    {
        Default = "0.05",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> DescanRow = new(
        "microscope.descanRow", Known.Pixels(-100, 100),
        "How far patterns move along camera rows from the first row of the scan to the last.")
    {
        Default = "0 px",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> DescanColumn = new(
        "microscope.descanColumn", Known.Pixels(-100, 100),
        "How far patterns move along camera columns from the first column of the scan to the last.")
    {
        Default = "0 px",
        Condition = OfPatterns,
    };

    public static readonly RecipeKey<double> CameraRotation = new(
        "microscope.cameraRotation",
        new QuantityFormat<double>(UnitTable.Angle, -180, 180, static value => value, static value => value),
        "Angle from the axes of the scan to those of the camera, from columns towards rows.")
    {
        Default = "0 deg",
        Condition = OfPatterns,
    };

    private static QuantityFormat<double> Angles(double least, double most) => new(
        UnitTable.ScatteringAngle, least, most, static value => value, static value => value);
}
