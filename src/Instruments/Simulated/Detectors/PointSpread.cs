namespace DklActors.Instruments.Simulated.Detectors;

/// <summary>
/// A Gaussian point spread of a pixel detector or a row of channels. Counts that would leave at the rim come back in
/// there, so that the sum stays.
/// </summary>
/// <remarks>
/// It blurs expected counts, from which counting noise is drawn afterwards: noise is white, where that of a
/// scintillator is correlated between neighbours.
/// </remarks>
internal sealed class PointSpread
{
    private const double Reach = 4;

    private readonly float[] _kernel;

    /// <param name="deviationPixels">Standard deviation in detector pixels; 0 for none.</param>
    public PointSpread(double deviationPixels)
    {
        int reach = (int)Math.Ceiling(Reach * deviationPixels);
        double[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(offset => offset == 0
            ? 1
            : Math.Exp(-0.5 * offset * offset / (deviationPixels * deviationPixels)))];
        double sum = weights.Sum();
        _kernel = [.. weights.Select(weight => (float)(weight / sum))];
    }

    private int Half => _kernel.Length / 2;

    /// <summary>Blurs in place. Allocates nothing.</summary>
    /// <param name="counts">Row-major.</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="scratch">As long as <paramref name="counts"/>; overwritten.</param>
    public void Apply(Span<float> counts, int columns, Span<float> scratch)
    {
        int rows = counts.Length / columns;
        if (Half == 0)
        {
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            BlurLine(counts.Slice(row * columns, columns), scratch.Slice(row * columns, columns));
        }

        if (rows == 1)
        {
            scratch[..counts.Length].CopyTo(counts);
            return;
        }

        counts.Clear();
        for (int row = 0; row < rows; row++)
        {
            Span<float> line = counts.Slice(row * columns, columns);
            for (int k = 0; k < _kernel.Length; k++)
            {
                Counts.AddScaled(line, scratch.Slice(Fold(row + k - Half, rows) * columns, columns), _kernel[k]);
            }
        }
    }

    private void BlurLine(ReadOnlySpan<float> line, Span<float> blurred)
    {
        blurred.Clear();
        int half = Half, length = line.Length;
        for (int k = 0; k < _kernel.Length; k++)
        {
            int shift = k - half;
            int from = Math.Max(0, -shift), to = Math.Min(length, length - shift);
            if (to > from)
            {
                Counts.AddScaled(blurred[from..to], line[(from + shift)..(to + shift)], _kernel[k]);
            }

            for (int i = 0; i < Math.Min(from, length); i++)
            {
                blurred[i] += _kernel[k] * line[Fold(i + shift, length)];
            }

            for (int i = Math.Max(to, 0); i < length; i++)
            {
                blurred[i] += _kernel[k] * line[Fold(i + shift, length)];
            }
        }
    }

    // Mirrored at the rim, the first pixel beyond being the last one inside: the sum is kept exactly.
    private static int Fold(int index, int length)
    {
        while ((uint)index >= (uint)length)
        {
            index = index < 0 ? -index - 1 : (2 * length) - 1 - index;
        }

        return index;
    }
}
