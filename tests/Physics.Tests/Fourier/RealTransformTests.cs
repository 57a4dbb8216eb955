using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Tests.Fourier;

public sealed class RealTransformTests
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 1, 8 }, { 8, 1 }, { 2, 3 }, { 4, 4 }, { 7, 5 }, { 16, 16 }, { 15, 12 }, { 13, 26 }, { 17, 34 },
        { 23, 19 }, { 32, 64 }, { 33, 31 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_spectrum_is_that_of_the_definition(int rows, int columns)
    {
        (RealTransform transform, float[] image, SplitComplex spectrum) = Transformed(rows, columns);
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r <= rows / 2; r++)
            {
                double re = 0, im = 0;
                for (int i = 0; i < image.Length; i++)
                {
                    double phase = -2 * Math.PI
                        * (((double)r * (i / columns) / rows) + ((double)c * (i % columns) / columns));
                    re += image[i] * Math.Cos(phase);
                    im += image[i] * Math.Sin(phase);
                }

                int at = (c * transform.Stride) + r;
                double tolerance = 1e-6 * Math.Sqrt(image.Length) * 4;
                spectrum.Real[at].Should().BeApproximately((float)re, (float)tolerance);
                spectrum.Imaginary[at].Should().BeApproximately((float)im, (float)tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    [InlineData(256, 256)]
    [InlineData(515, 515)]
    [InlineData(194, 257)]
    public void The_inverse_undoes_it(int rows, int columns)
    {
        (RealTransform transform, float[] image, SplitComplex spectrum) = Transformed(rows, columns);
        float[] back = new float[image.Length];

        transform.Inverse(spectrum, back, new TransformRoom(transform));

        back.Zip(image, static (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(3e-6f);
    }

    [Fact]
    public void What_the_room_held_before_does_not_matter()
    {
        foreach (var shape in (GridShape[])[new(30, 22), new(17, 19)])
        {
            var transform = RealTransform.For(shape);
            float[] image = Image(shape.Count, 3);
            SplitComplex clean = transform.NewSpectrum(), dirty = transform.NewSpectrum();
            var room = new TransformRoom(transform);
            transform.Forward(image, clean, room);
            foreach (float[] left in (float[][])
                [room.First.Real, room.First.Imaginary, room.Second.Real, room.Second.Imaginary, dirty.Real])
            {
                Array.Fill(left, float.NaN);
            }

            transform.Forward(image, dirty, room);

            dirty.Real.Should().Equal(clean.Real);
            dirty.Imaginary.Should().Equal(clean.Imaginary);
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(15, 21)]
    public void A_peak_between_pixels_is_found_to_a_ten_thousandth(int rows, int columns)
    {
        // Three frequencies with their maximum at a place of choice: nothing is lost to sampling.
        var shape = new GridShape(rows, columns);
        const double Row = 6.3, Column = 7.85;
        float[] image = new float[shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            double r = 2 * Math.PI * ((i / columns) - Row) / rows;
            double c = 2 * Math.PI * ((i % columns) - Column) / columns;
            image[i] = (float)(Math.Cos(r) + Math.Cos(c) + (0.5 * Math.Cos(r + (2 * c))));
        }

        var transform = RealTransform.For(shape);
        SplitComplex spectrum = transform.NewSpectrum();
        transform.Forward(image, spectrum, new TransformRoom(transform));
        (double row, double column) = (6, 8);

        new TrigonometricPeak(transform).TryClimb(spectrum, ref row, ref column, 1, out PeakShape peak)
            .Should().BeTrue();

        row.Should().BeApproximately(Row, 1e-4);
        column.Should().BeApproximately(Column, 1e-4);
        peak.Value.Should().BeApproximately(2.5, 1e-5);
        double wr = 2 * Math.PI / rows, wc = 2 * Math.PI / columns;
        peak.RowRow.Should().BeApproximately(-1.5 * wr * wr, 1e-5);
        peak.ColumnColumn.Should().BeApproximately(-3 * wc * wc, 1e-5);
        peak.RowColumn.Should().BeApproximately(-wr * wc, 1e-5);
    }

    private static (RealTransform Transform, float[] Image, SplitComplex Spectrum) Transformed(int rows, int columns)
    {
        var transform = RealTransform.For(new GridShape(rows, columns));
        float[] image = Image(rows * columns, 7);
        SplitComplex spectrum = transform.NewSpectrum();
        transform.Forward(image, spectrum, new TransformRoom(transform));
        return (transform, image, spectrum);
    }

    private static float[] Image(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.3f)];
    }
}
