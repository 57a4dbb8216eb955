namespace DklActors.Instruments.Files;

/// <summary>Collects what a file says, within bounds that no sane file reaches.</summary>
internal sealed class MetadataTable
{
    private const int MostEntries = 1000;
    private const int LongestText = 500;

    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Entries => _entries;

    /// <summary>Adds a text unless it is empty, the name is taken, or there are too many.</summary>
    public void Add(string name, string? text)
    {
        string trimmed = string.Concat((text ?? "").Trim().Where(static letter => !char.IsControl(letter)));
        if (trimmed.Length > 0 && _entries.Count < MostEntries)
        {
            _entries.TryAdd(name, trimmed.Length > LongestText ? trimmed[..LongestText] + "\u2026" : trimmed);
        }
    }

    /// <summary>Adds a number that is one, times a factor.</summary>
    public void Add(string name, double? value, double factor = 1)
    {
        if (value is { } number && double.IsFinite(number))
        {
            Add(name, MetadataKeys.TextOf(number * factor));
        }
    }

    /// <summary>Adds a positive number: what was never set is 0 in many files.</summary>
    public void AddPositive(string name, double? value, double factor = 1)
    {
        if (value > 0)
        {
            Add(name, value, factor);
        }
    }
}
