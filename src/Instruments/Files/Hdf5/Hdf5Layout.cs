using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Hdf5;

/// <summary>Signals and further arrays that a convention for HDF5 files defines.</summary>
/// <param name="Name">Name of the convention.</param>
/// <param name="Signals">What is in the file.</param>
internal sealed record Hdf5Layout(string Name, IReadOnlyList<DataSignal> Signals)
{
    /// <summary>Further arrays by name: positions, scalars and the like.</summary>
    public IReadOnlyList<(string Name, Func<DataArray> Read)> Extras { get; init; } = [];

    /// <summary>A signal of a dataset whose axes may stand in any order; those of the probe are put first.</summary>
    public static DataSignal SignalOf(
        string file, string title, Hdf5Dataset dataset, IReadOnlyList<DataAxis> axes,
        IReadOnlyDictionary<string, string> metadata, IReadOnlyList<int>? shape = null)
    {
        int[] order =
        [
            .. RowsFirst([.. Enumerable.Range(0, axes.Count).Where(i => axes[i].Role == AxisRole.Navigation)], axes),
            .. RowsFirst([.. Enumerable.Range(0, axes.Count).Where(i => axes[i].Role == AxisRole.Signal)], axes),
        ];
        return Ordered(file, title, dataset, shape ?? dataset.Shape, [.. order.Select(i => axes[i])], order, metadata);
    }

    // Some store columns before rows; the names of the axes tell, such as x before y, or qx before qy.
    private static int[] RowsFirst(int[] order, IReadOnlyList<DataAxis> axes) =>
        order is [var first, var second]
            && axes[first].Name is [.., 'x' or 'X'] one && axes[second].Name is [.., 'y' or 'Y'] other
            && one[..^1] == other[..^1]
            ? [second, first]
            : order;

    /// <summary>A signal of a dataset of a shape with its dimensions in an order.</summary>
    public static DataSignal Ordered(
        string file, string title, Hdf5Dataset dataset, IReadOnlyList<int> shape, IReadOnlyList<DataAxis> axes,
        IReadOnlyList<int> order, IReadOnlyDictionary<string, string> metadata) => new(title, axes, () =>
    {
        DataArray stored = dataset.ToArray(file);
        bool isOrdered = order.SequenceEqual(Enumerable.Range(0, order.Count));
        ElementStore store = isOrdered
            ? dataset.Store!
            : new PermutedElements(dataset.Store!, stored.Type.Size, shape, order);
        return new DataArray(stored.Type, [.. order.Select(i => shape[i])], store) { Axes = axes, Metadata = metadata };
    });

    /// <summary>Adds the attributes of a group and of those below it under dotted names.</summary>
    public static void Flatten(MetadataTable table, Hdf5Group group, string prefix)
    {
        int skip = group.Path.Length;
        foreach (Hdf5Object member in group.Descendants())
        {
            string path = prefix + member.Path[skip..].Replace('/', '.');
            foreach (Hdf5Attribute attribute in member.Attributes)
            {
                string name = path.Length == 0 ? attribute.Name : $"{path}.{attribute.Name}";
                table.Add(name.TrimStart('.'), attribute.Text == "_None_" ? null : attribute.Text);
            }
        }
    }
}
