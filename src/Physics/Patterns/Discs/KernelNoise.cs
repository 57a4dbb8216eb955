using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>What Poisson noise of the counts does to the correlation with a kernel and to its slopes.</summary>
/// <remarks>
/// With C(u) = Σ I(x)·K(x − u): var C = Σ I·K², cov ∂C = Σ I·∂K·∂Kᵀ. The squares are kept for the window that the
/// kernel reaches.
/// </remarks>
internal sealed class KernelNoise
{
    private readonly GridShape _shape;
    private readonly int _reach;
    private readonly float[] _value;
    private readonly float[] _rowRow;
    private readonly float[] _rowColumn;
    private readonly float[] _columnColumn;

    public KernelNoise(ProbeTemplate template, double reach, TransformRoom room)
    {
        _shape = template.Shape;
        _reach = Math.Min((int)Math.Ceiling(reach), (Math.Min(_shape.Rows, _shape.Columns) - 1) / 2);
        float[] slopeRow = SpectralSlope.Of(template.Transform, template.Spectrum, alongRows: true, room);
        float[] slopeColumn = SpectralSlope.Of(template.Transform, template.Spectrum, alongRows: false, room);
        int width = (2 * _reach) + 1;
        _value = new float[width * width];
        _rowRow = new float[width * width];
        _rowColumn = new float[width * width];
        _columnColumn = new float[width * width];
        for (int i = 0; i < _value.Length; i++)
        {
            int row = (i / width) - _reach, column = (i % width) - _reach;
            int at = ((row + _shape.Rows) % _shape.Rows * _shape.Columns)
                + ((column + _shape.Columns) % _shape.Columns);
            _value[i] = template.Kernel[at] * template.Kernel[at];
            _rowRow[i] = slopeRow[at] * slopeRow[at];
            _rowColumn[i] = slopeRow[at] * slopeColumn[at];
            _columnColumn[i] = slopeColumn[at] * slopeColumn[at];
        }
    }

    /// <summary>Variances at a pixel; what the kernel would see past the edges is taken for empty.</summary>
    public CorrelationNoise At(ReadOnlySpan<float> counts, int row, int column)
    {
        int width = (2 * _reach) + 1;
        int firstRow = Math.Max(row - _reach, 0), endRow = Math.Min(row + _reach + 1, _shape.Rows);
        int firstColumn = Math.Max(column - _reach, 0), endColumn = Math.Min(column + _reach + 1, _shape.Columns);
        double value = 0, rowRow = 0, rowColumn = 0, columnColumn = 0;
        for (int r = firstRow; r < endRow; r++)
        {
            ReadOnlySpan<float> line = counts[((r * _shape.Columns) + firstColumn)..((r * _shape.Columns) + endColumn)];
            int at = ((r - row + _reach) * width) + firstColumn - column + _reach;
            value += Products.Sum(line, _value.AsSpan(at, line.Length));
            rowRow += Products.Sum(line, _rowRow.AsSpan(at, line.Length));
            rowColumn += Products.Sum(line, _rowColumn.AsSpan(at, line.Length));
            columnColumn += Products.Sum(line, _columnColumn.AsSpan(at, line.Length));
        }

        return new CorrelationNoise(
            Math.Max(value, 0), Math.Max(rowRow, 0), rowColumn, Math.Max(columnColumn, 0));
    }
}
