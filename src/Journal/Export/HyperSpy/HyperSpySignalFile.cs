using DklActors.Journal.Export.Hdf5;

namespace DklActors.Journal.Export.HyperSpy;

/// <summary>One signal in HyperSpy's own file format (<c>.hspy</c>, version 3.1), written piece by piece.</summary>
public static class HyperSpySignalFile
{
    private const int LongestText = 4096;

    /// <param name="stream">Empty, and can seek.</param>
    /// <param name="signal">What to write.</param>
    /// <exception cref="ArgumentException">The element type is none.</exception>
    /// <exception cref="InvalidOperationException">The elements do not fill the axes.</exception>
    public static void Write(Stream stream, HyperSpySignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        Hdf5Group root = HyperSpyParts.Root();
        Hdf5Group group = root.AddGroup("Experiments").AddGroup(NameOf(signal.Title));
        HyperSpyParts.AddPackage(group);
        group.Add("data", new Hdf5Dataset(
            Hdf5Type.Of(signal.ElementType), [.. signal.Axes.Select(static axis => (long)axis.Size)], signal.Elements));
        for (int i = 0; i < signal.Axes.Count; i++)
        {
            HyperSpyParts.AddAxis(group, i, signal.Axes[i]);
        }

        Hdf5Group metadata = group.AddGroup("metadata");
        HyperSpyParts.AddHead(metadata, signal.Title, signal.SignalType);
        Hdf5Group microscope = metadata.AddGroup("Acquisition_instrument").AddGroup("TEM");
        AddNumbers(microscope, signal.Instrument);
        if (signal.EelsDetector.Count > 0)
        {
            AddNumbers(microscope.AddGroup("Detector").AddGroup("EELS"), signal.EelsDetector);
        }

        Hdf5Group original = group.AddGroup("original_metadata");
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, string text) in signal.Original.Where(entry => names.Add(Ascii(entry.Key))))
        {
            original.Attributes.Add(Hdf5Attribute.Of(
                Ascii(name), text.Length > LongestText ? text[..LongestText] : text));
        }

        Hdf5File.Write(stream, root);
    }

    private static void AddNumbers(Hdf5Group group, IReadOnlyDictionary<string, double> numbers)
    {
        foreach ((string name, double value) in numbers)
        {
            group.Attributes.Add(Hdf5Attribute.Of(name, value));
        }
    }

    private static string NameOf(string title)
    {
        string name = Ascii(title).Replace('/', '-').Trim();
        return name is "" or "." ? "signal" : name;
    }

    private static string Ascii(string text) =>
        string.Concat(text.Select(static letter => letter is < ' ' or > '\x7e' ? '-' : letter));
}
