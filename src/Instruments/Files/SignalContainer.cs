namespace DklActors.Instruments.Files;

/// <summary>
/// A file of one or several signals. As a container of arrays it holds <c>data</c>, the first as stored, and where
/// that is calibrated <c>energy</c>, the channels in eV, and <c>pixel_size</c>, one number in nm. Further signals of
/// the same file are <c>data-2</c> and so on.
/// </summary>
public abstract class SignalContainer : ArrayContainer
{
    private readonly Dictionary<string, (string Label, Func<DataArray> Read)> _arrays = new(StringComparer.Ordinal);

    private protected SignalContainer(string path)
        : base(path)
    {
    }

    public override IReadOnlyList<string> Names => field ??=
        [.. _arrays.Keys.OrderBy(StemOf, StringComparer.Ordinal).ThenBy(NumberOf).ThenBy(static name => name)];

    /// <summary>Title of the signal that an array belongs to.</summary>
    public override string LabelOf(string name) =>
        _arrays.TryGetValue(name, out var array) && array.Label.Length > 0 ? array.Label : name;

    private protected void AddSignals(IReadOnlyList<DataSignal> signals)
    {
        for (int i = 0; i < signals.Count; i++)
        {
            DataSignal signal = signals[i];
            string suffix = i == 0 ? "" : $"-{i + 1}";
            AddArray($"data{suffix}", signal.Title, signal.Read);
            if (signal.Energies is { } energies)
            {
                AddArray($"energy{suffix}", signal.Title, () => DataArray.Of(energies, [energies.Length]));
            }

            if (signal.PixelSizeInNanometres is { } size)
            {
                AddArray($"pixel_size{suffix}", signal.Title, () => DataArray.Of([size], []));
            }
        }
    }

    private protected void AddArray(string name, string label, Func<DataArray> read) =>
        _arrays.TryAdd(name, (label, read));

    // data-10 stands behind data-2.
    private static string StemOf(string name) => NumberOf(name) > 0 ? name[..name.LastIndexOf('-')] : name;

    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), out int number) && name.Contains('-') ? number : 0;

    private protected override DataArray? ReadOrNull(string name) =>
        _arrays.TryGetValue(name, out var array) ? array.Read() : null;
}
