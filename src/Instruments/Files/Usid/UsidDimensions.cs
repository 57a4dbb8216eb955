using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Usid;

/// <summary>Finds out along which dimensions the rows or columns of a main dataset run.</summary>
internal static class UsidDimensions
{
    private const int MostElements = 1 << 24;

    /// <summary>The dimensions, slowest first; one alone where they do not form a full grid.</summary>
    /// <param name="indices">Elements × dimensions, or dimensions × elements.</param>
    /// <param name="values">The same with values in units.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="role">What these dimensions are.</param>
    public static DataAxis[] Read(Hdf5Dataset indices, Hdf5Dataset values, int count, AxisRole role)
    {
        IReadOnlyList<string> labels = indices.Find("labels")?.Texts ?? [];
        IReadOnlyList<string> units = indices.Find("units")?.Texts ?? [];
        bool isByRow = role == AxisRole.Navigation;
        if (indices.Shape is not [var rows, var columns] || (isByRow ? rows : columns) != count
            || indices.Numbers(MostElements) is not { } numbers
            || values.Numbers(MostElements) is not { } positions || positions.Length != numbers.Length)
        {
            return [new DataAxis(labels.Count > 0 ? labels[0] : "", count, role)];
        }

        int dimensions = isByRow ? columns : rows;
        double[][] index = [.. Enumerable.Range(0, dimensions).Select(d => Column(numbers, d))];
        int[] lengths = [.. index.Select(static column => column.Distinct().Count())];
        // The slowest changes least.
        int[] order = [.. Enumerable.Range(0, dimensions).OrderBy(d => Changes(index[d]))];
        if (!IsGrid(index, lengths, order, count))
        {
            return [new DataAxis(string.Join(", ", labels), count, role)];
        }

        List<DataAxis> axes = [];
        int stride = count;
        foreach (int d in order)
        {
            stride /= lengths[d];
            double[] column = Column(positions, d);
            int step = stride;
            double[] along = [.. Enumerable.Range(0, lengths[d]).Select(i => column[i * step])];
            axes.Add(AxisValues.AxisOf(
                d < labels.Count ? labels[d] : "", lengths[d], role, d < units.Count ? units[d] : "", along));
        }

        return [.. axes];

        double[] Column(double[] table, int d) =>
            [.. Enumerable.Range(0, count).Select(i => isByRow ? table[(i * dimensions) + d] : table[(d * count) + i])];
    }

    private static int Changes(double[] column)
    {
        int changes = 0;
        for (int i = 1; i < column.Length; i++)
        {
            changes += column[i] == column[i - 1] ? 0 : 1;
        }

        return changes;
    }

    private static bool IsGrid(double[][] index, int[] lengths, int[] order, int count)
    {
        if (lengths.Aggregate(1L, static (product, length) => product * length) != count)
        {
            return false;
        }

        int stride = count;
        foreach (int d in order)
        {
            stride /= lengths[d];
            for (int i = 0; i < count; i++)
            {
                if (index[d][i] != index[d][i / stride % lengths[d] * stride])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
