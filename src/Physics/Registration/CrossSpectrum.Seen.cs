using DklActors.Physics.Fourier;

namespace DklActors.Physics.Registration;

/// <summary>What two images show above their noise.</summary>
internal sealed partial class CrossSpectrum
{
    /// <summary>Share of all frequencies that stand out of the noise.</summary>
    public double ShareSeen
    {
        get
        {
            long seen = 0;
            foreach ((int _, int _, int _, int times) in Seen())
            {
                seen += times;
            }

            return (double)seen / Shape.Count;
        }
    }

    /// <summary>Both images, windowed, of the frequencies alone that stand out.</summary>
    public (float[] First, float[] Second) ImagesSeen() => (ImageSeen(_first), ImageSeen(_second));

    /// <summary>Sums over the frequencies that stand out.</summary>
    public PowerSums SumsSeen()
    {
        var sums = default(PowerSums);
        foreach ((int i, int row, int column, int times) in Seen())
        {
            double alongRows = 2 * Math.PI * row / Shape.Rows;
            double alongColumns = 2 * Math.PI * Frequencies.Signed(column, Shape.Columns) / Shape.Columns;
            double both = (double)_firstPower[i] * _secondPower[i];
            sums = new PowerSums(
                sums.First + (times * _firstPower[i]),
                sums.Second + (times * _secondPower[i]),
                sums.Both + (times * both),
                sums.RowSlopes + (times * both * alongRows * alongRows),
                sums.ColumnSlopes + (times * both * alongColumns * alongColumns));
        }

        return sums;
    }

    private float[] ImageSeen(SplitComplex spectrum)
    {
        SplitComplex seen = _transform.NewSpectrum();
        foreach ((int i, int _, int _, int _) in Seen())
        {
            (seen.Real[i], seen.Imaginary[i]) = (spectrum.Real[i], spectrum.Imaginary[i]);
        }

        return Surface(seen);
    }

    private IEnumerable<(int Index, int Row, int Column, int Times)> Seen()
    {
        for (int column = 0; column < Shape.Columns; column++)
        {
            for (int row = 0; row < _transform.RowFrequencies; row++)
            {
                int i = (column * _transform.Stride) + row;
                if (_standsOut[i])
                {
                    yield return (i, row, column, Times(row));
                }
            }
        }
    }
}

/// <summary>Sums of the powers of two images over some frequencies, each with its conjugate.</summary>
/// <param name="First">Of the first.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Both">Of their products.</param>
/// <param name="RowSlopes">Of the products times the squared row frequency, (rad/px)².</param>
/// <param name="ColumnSlopes">The same along the columns.</param>
internal readonly record struct PowerSums(
    double First, double Second, double Both, double RowSlopes, double ColumnSlopes)
{
    /// <summary>
    /// Of the images' correlation as a field over shifts: the root of the determinant of its slopes' covariance, per
    /// px²; the inverse square of twice the deviation of Gaussians that have it.
    /// </summary>
    public double Roughness => Both > 0 ? Math.Sqrt(RowSlopes * ColumnSlopes) / Both : 0;
}
