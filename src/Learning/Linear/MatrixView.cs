namespace DklActors.Learning.Linear;

/// <summary>A float32 matrix over borrowed memory; element (i, j) is at i · RowStride + j · ColumnStride.</summary>
internal readonly record struct MatrixView(
    ReadOnlyMemory<float> Values, int Rows, int Columns, int RowStride, int ColumnStride)
{
    public MatrixView(ReadOnlyMemory<float> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    public MatrixView Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);
}
