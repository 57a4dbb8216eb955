using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Blankers;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of the microscope, common and for each kind.</summary>
internal static partial class RecipeKeys
{
    private static readonly RecipeCondition WithBlanker =
        new("microscope.kind", "preacquired", "simulated", "asyncroscopy");

    private static readonly RecipeCondition Preacquired = new("microscope.kind", "preacquired");

    public static readonly RecipeKey<MicroscopeKind> Microscope = new(
        "microscope.kind",
        new ChoiceFormat<MicroscopeKind>(
            (MicroscopeKind.Preacquired, "preacquired"), (MicroscopeKind.Simulated, "simulated"),
            (MicroscopeKind.Bridge, "bridge"), (MicroscopeKind.Asyncroscopy, "asyncroscopy")),
        "preacquired answers from a recorded data set, simulated from a made sample with known truth; bridge is a "
        + "microscope whose control computer runs one, asyncroscopy one behind the servers of that name.");

    public static readonly RecipeKey<BeamCurrent> BeamCurrent = new(
        "microscope.beamCurrent",
        new QuantityFormat<BeamCurrent>(
            UnitTable.Current, 1e-3, 1e6, static value => new BeamCurrent(value),
            static current => current.Picoampere),
        "Probe current, from which dose and counts follow.")
    {
        DefaultInWords = "10 pA; of a bridge what the microscope measures; required of asyncroscopy",
    };

    public static readonly RecipeKey<TimeSpan> Settle = new(
        "microscope.settle", Known.Times(0, 60_000), "Wait after a move before the exposure.")
    {
        Default = "5 ms",
        Condition = Virtual,
    };

    public static readonly RecipeKey<TimeSpan> Readout = new(
        "microscope.readout", Known.Times(0, 60_000), "Time the detector needs to read out a frame.")
    {
        Default = "10 ms",
        Condition = Virtual,
    };

    public static readonly RecipeKey<TimeSpan> Survey = new(
        "microscope.survey", Known.Times(0, 3_600_000), "Time that taking the structural image needs.")
    {
        Default = "0 ms",
        Condition = Virtual,
    };

    public static readonly RecipeKey<double> PlacementError = new(
        "microscope.placementError", Known.Pixels(0, 1000),
        "Standard deviation of where the probe lands around the position asked for.")
    {
        Default = "0 px",
        Condition = Virtual,
    };

    public static readonly RecipeKey<double> ReadBackNoise = new(
        "microscope.readBackNoise", Known.Pixels(0, 1000),
        "Standard deviation of the position read back around the true one.")
    {
        Default = "0 px",
        Condition = Virtual,
    };

    public static readonly RecipeKey<double> OffsetRow = new(
        "microscope.offsetRow", Known.Pixels(-1000, 1000), "Constant displacement of the probe along the rows.")
    {
        Default = "0 px",
        Condition = Virtual,
    };

    public static readonly RecipeKey<double> OffsetColumn = new(
        "microscope.offsetColumn", Known.Pixels(-1000, 1000),
        "Constant displacement of the probe along the columns.")
    {
        Default = "0 px",
        Condition = Virtual,
    };

    public static readonly RecipeKey<string> Blanker = new(
        "microscope.blanker",
        new CheckedTextFormat(
            BlankerSpec.Accepts,
            static text => BlankerSpec.TryParse(text, out _) ? null : $"'{text}' names no blanker"),
        "A blanker that the watchdog outside the process reaches too: file:PATH is a file that stands for the line of "
        + "a simulated one; command:PATH is a program that is called with blank, unblank or state, and answers state "
        + "with 'blanked' or 'unblanked'. A relative path starts at the folder of the recipe. Not part of the "
        + "experiment: it does not change the recipe's hash.")
    {
        DefaultInWords = "one within the process, which no watchdog reaches",
        Condition = WithBlanker,
    };

    public static readonly RecipeKey<string> Data = new(
        "microscope.data", Known.DataPath,
        "The data set: an .npz archive, a folder of .npy files, or a .dm3, .dm4, .hspy, .emd, .h5, .mib, .blo or .tif "
        + "file, which holds data and, where it is calibrated, energy in eV and pixel_size in nm; 'dkl data info' "
        + "shows what. A relative path starts at the folder of the recipe.")
    {
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> Image = new(
        "microscope.image", Known.ArrayName, "Array with the structural image, rows × columns.")
    {
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> ImageData = new(
        "microscope.imageData", Known.DataPath, "The data set with the structural image and its pixel size.")
    {
        DefaultInWords = "the data set named by data",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> Frames = new(
        "microscope.frames", Known.ArrayName,
        "Array with the spectra, rows × columns × channels, patterns, rows × columns × ky × kx, or values, rows × "
        + "columns: one for each pixel of the image, or one for each of equal blocks of pixels. With positions, rows × "
        + "columns may be one dimension.")
    {
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> Positions = new(
        "microscope.positions", Known.ArrayName,
        "Array with row and column of each place that was measured, N × 2, in pixels of the image, from 0.")
    {
        DefaultInWords = "every pixel, or the middle of every block",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> Truth = new(
        "microscope.truth", Known.ArrayName,
        "Array like frames, but without noise: maps are scored against it, and nothing is learned from it.")
    {
        DefaultInWords = "maps are scored against frames, with the noise they have",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<string> Energy = new(
        "microscope.energy", Known.ArrayName, "Array with the energy of each channel; give energyUnit with it.")
    {
        DefaultInWords = "energyOrigin and energyDispersion instead; neither with scalarizer.kind: value",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<EnergyUnit> EnergyUnit = new(
        "microscope.energyUnit",
        new ChoiceFormat<EnergyUnit>((Sections.EnergyUnit.EV, "eV"), (Sections.EnergyUnit.KeV, "keV")),
        "Unit of the array named by energy.")
    {
        DefaultInWords = "required with energy",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<ElectronVolt> EnergyOrigin = new(
        "microscope.energyOrigin", Known.Energy, "Energy of the first channel.")
    {
        DefaultInWords =
            "-1 eV for simulated plasmons, 400 eV for core-loss; when"
            + " preacquired the array named by energy; of a bridge what the microscope says",
    };

    public static readonly RecipeKey<ElectronVolt> EnergyDispersion = new(
        "microscope.energyDispersion", Known.Energies(1e-6, 1e5), "Width of one channel.")
    {
        DefaultInWords =
            "20 meV for simulated plasmons, 1 eV for core-loss; when"
            + " preacquired the array named by energy; of a bridge what the microscope says",
    };

    public static readonly RecipeKey<Nanometre> PixelSize = new(
        "microscope.pixelSize", Known.Lengths(), "Edge of one pixel of the structural image on the sample.")
    {
        DefaultInWords =
            "for simulated plasmons and core-loss 3 nm, for atomic-columns 0.03 nm, for strained-film 2 nm; when "
            + "preacquired the number named by pixelSizeFrom; of a bridge what the microscope says",
    };

    public static readonly RecipeKey<string> PixelSizeFrom = new(
        "microscope.pixelSizeFrom", Known.ArrayName,
        "Number of the data set that holds the pixel size; give pixelSizeUnit with it.")
    {
        DefaultInWords = "pixelSize instead",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<LengthUnit> PixelSizeUnit = new(
        "microscope.pixelSizeUnit",
        new ChoiceFormat<LengthUnit>((LengthUnit.Um, "um"), (LengthUnit.Nm, "nm")),
        "Unit of the number named by pixelSizeFrom.")
    {
        DefaultInWords = "required with pixelSizeFrom",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<double> CountsPerUnit = new(
        "microscope.countsPerUnit", new NumberFormat(1e-6, 1e9), "Stored counts of one detected electron or photon.")
    {
        Default = "1",
        Condition = Preacquired,
    };

    public static readonly RecipeKey<Optional<double>> Counts = new(
        "microscope.counts", new OptionalFormat<double>("recorded", new NumberFormat(1e-9, 1e9)),
        "'recorded' returns the spectra as stored; a number draws Poisson counts of stored × number.")
    {
        Default = "recorded",
        Condition = Preacquired,
    };
}
