namespace DklActors.Physics.Spectra.Backgrounds;

/// <summary>Models by the words that recipes have for them.</summary>
internal static class BackgroundModels
{
    private static readonly Dictionary<string, BackgroundModel> ByWord = new(StringComparer.Ordinal)
    {
        ["power-law"] = BackgroundModel.PowerLaw,
        ["two-area"] = BackgroundModel.TwoAreaPowerLaw,
        ["exponential"] = BackgroundModel.Exponential,
    };

    /// <exception cref="KeyNotFoundException">No such word.</exception>
    public static BackgroundModel Parse(string word) => ByWord[word];

    public static bool TryParse(string word, out BackgroundModel model) => ByWord.TryGetValue(word, out model);
}
