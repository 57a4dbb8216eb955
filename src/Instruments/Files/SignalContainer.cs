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

    public override IReadOnlyList<string> Names => field ??= [.. _arrays.Keys.Order(StringComparer.Ordinal)];

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

    private protected override DataArray? ReadOrNull(string name) =>
        _arrays.TryGetValue(name, out var array) ? array.Read() : null;
}
