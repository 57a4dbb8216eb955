using DklActors.Instruments.Files;

namespace DklActors.Host.Data;

/// <summary>What there is to know about one array without reading its elements.</summary>
/// <param name="Name">Its name in the file, as recipes name it.</param>
/// <param name="Label">What people call it; null where the file has no better name.</param>
/// <param name="Shape">Lengths of its dimensions, slowest first.</param>
/// <param name="Type">NumPy's name of the element type.</param>
/// <param name="Bytes">Bytes of all elements.</param>
/// <param name="IsLazy">Whether positions are read when asked for; else the array is read as a whole.</param>
/// <param name="Axes">Its dimensions.</param>
/// <param name="Metadata">What the file says about it.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
internal sealed record ArrayFacts(
    string Name,
    string? Label,
    IReadOnlyList<int> Shape,
    string Type,
    long Bytes,
    bool IsLazy,
    IReadOnlyList<AxisFacts> Axes,
    IReadOnlyDictionary<string, string> Metadata,
    string? Problem)
{
    public static ArrayFacts Of(ArrayContainer container, string name)
    {
        string? label = container.LabelOf(name) is { } known && known != name ? known : null;
        try
        {
            DataArray array = container.Read(name);
            return new ArrayFacts(
                name, label, array.Shape, array.ElementType, array.Bytes, !array.IsInMemory,
                [.. array.Axes.Select(AxisFacts.Of)], array.Metadata, null);
        }
        catch (DataFileException exception)
        {
            return new ArrayFacts(
                name, label, [], "", 0, false, [], new Dictionary<string, string>(), exception.Problem);
        }
    }
}
