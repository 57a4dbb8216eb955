namespace DklActors.Learning.Linear;

/// <summary>
/// A matrix over borrowed memory; element (i, j) is at i · RowStride + j · ColumnStride, and one of the strides is 1.
/// </summary>
internal readonly record struct MatrixView<T>(
    ReadOnlyMemory<T> Values, int Rows, int Columns, int RowStride, int ColumnStride)
    where T : unmanaged
{
    public MatrixView(ReadOnlyMemory<T> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    public MatrixView<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The rows × columns elements from (row, column) on.</summary>
    public MatrixView<T> Block(int row, int column, int rows, int columns) => this with
    {
        Values = Values[Math.Min((row * RowStride) + (column * ColumnStride), Values.Length)..],
        Rows = rows,
        Columns = columns,
    };
}
