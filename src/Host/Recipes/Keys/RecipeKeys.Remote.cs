using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Keys;

/// <content>Keys of microscopes that are reached over a network.</content>
internal static partial class RecipeKeys
{
    // Computed, since keys of other files name them: fields of several files have no order.
    private static RecipeCondition Virtual => new("microscope.kind", "preacquired", "simulated");
    private static RecipeCondition Remote => new("microscope.kind", "bridge", "asyncroscopy");
    private static RecipeCondition OfBridge => new("microscope.kind", "bridge");
    private static RecipeCondition OfAsyncroscopy => new("microscope.kind", "asyncroscopy");

    public static readonly RecipeKey<string> Address = new(
        "microscope.address", new TextFormat("an address such as http://127.0.0.1:7840", 200, "^[!-~]+$"),
        "Where the microscope answers: http://127.0.0.1:7840 for a bridge on this machine or behind a tunnel, "
        + "https://scope:7840 elsewhere; HOST:PORT for asyncroscopy. Not part of the experiment: it does not change "
        + "the recipe's hash.")
    {
        Condition = Remote,
    };

    public static readonly RecipeKey<string> TokenFile = new(
        "microscope.tokenFile", Known.FilePath,
        "File with the bridge's token, which its owner alone can read. A relative path starts at the folder of the "
        + "recipe. The token itself is written nowhere. Not part of the experiment.")
    {
        Condition = OfBridge,
    };

    public static readonly RecipeKey<string> Authority = new(
        "microscope.authority", Known.FilePath,
        "PEM file with the certificate of the bridge, or of the authority that signed it. Not part of the experiment.")
    {
        DefaultInWords = "the authorities that the machine trusts",
        Condition = OfBridge,
    };

    public static readonly RecipeKey<string> DetectorId = new(
        "microscope.detectorId", Known.Word, "The detector whose frames are measured, as the bridge calls it.")
    {
        Condition = OfBridge,
    };

    public static readonly RecipeKey<string> Channel = new(
        "microscope.channel", Known.Word, "The channel of the structural image, as the microscope calls it.")
    {
        Default = "HAADF",
        Condition = Remote,
    };

    public static readonly RecipeKey<int> Columns = new(
        "microscope.columns", Known.WholePixels(16, 2048), "Columns of the structural image; its rows are size.")
    {
        DefaultInWords = "as many as rows",
        Condition = Remote,
    };

    public static readonly RecipeKey<TimeSpan> SurveyDwell = new(
        "microscope.surveyDwell", Known.Times(0.0001, 1000), "Time of the survey on each pixel.")
    {
        Default = "2 us",
        Condition = Remote,
    };

    public static readonly RecipeKey<TimeSpan> Heartbeat = new(
        "microscope.heartbeat", Known.Times(500, 60_000),
        "Silence of this program after which the bridge blanks the beam by itself.")
    {
        Default = "3 s",
        Condition = OfBridge,
    };

    public static readonly RecipeKey<int> SpectrumSize = new(
        "microscope.spectrumSize", new WholeFormat(8, 65_536), "Channels of the spectrum that is asked for.")
    {
        Default = "2048",
        Condition = OfAsyncroscopy,
    };

    public static readonly RecipeKey<BeamReadBack> ReadBack = new(
        "microscope.beamReadBack",
        new ChoiceFormat<BeamReadBack>((BeamReadBack.None, "none")),
        "asyncroscopy does not tell whether the beam is blanked. 'none' says that a person accepts that.")
    {
        DefaultInWords = "microscope.blanker, which then has to be given",
        Condition = OfAsyncroscopy,
    };
}
