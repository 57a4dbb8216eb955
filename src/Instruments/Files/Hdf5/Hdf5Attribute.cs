namespace DklActors.Instruments.Files.Hdf5;

/// <summary>A named value: texts, numbers, or references to objects, one or many.</summary>
internal sealed record Hdf5Attribute(string Name)
{
    public IReadOnlyList<string> Texts { get; init; } = [];

    public IReadOnlyList<double> Numbers { get; init; } = [];

    /// <summary>Addresses of objects, for each element a list: a plain reference is a list of one.</summary>
    public IReadOnlyList<IReadOnlyList<long>> References { get; init; } = [];

    /// <summary>As metadata show it.</summary>
    public string Text => Texts.Count > 0
        ? string.Join(", ", Texts)
        : string.Join(", ", Numbers.Take(20).Select(MetadataKeys.TextOf)) + (Numbers.Count > 20 ? ", \u2026" : "");
}
