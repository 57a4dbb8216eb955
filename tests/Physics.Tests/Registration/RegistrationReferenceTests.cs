using System.Text.Json;
using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Physics.Tests.Registration;

/// <summary>
/// Without window and threshold the correlations are those of scikit-image's <c>phase_cross_correlation</c>, of which
/// <c>tests/reference/registration.py</c> recorded the shifts, and probabilities by scipy.
/// </summary>
public sealed class RegistrationReferenceTests
{
    private const double Step = 0.01;

    private static readonly (double Row, double Column, double Sigma, double Height)[] Places =
    [
        (0.21, 0.33, 0.05, 1.0), (0.62, 0.18, 0.08, 0.7), (0.43, 0.71, 0.04, 1.3), (0.81, 0.77, 0.06, 0.9),
        (0.55, 0.49, 0.03, 1.1),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, All().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_shift_is_that_of_scikit_image(int number)
    {
        JsonElement expected = All()[number];
        var shape = new GridShape(expected.GetProperty("rows").GetInt32(), expected.GetProperty("columns").GetInt32());
        double level = expected.GetProperty("noise").GetDouble();
        int seed = expected.GetProperty("seed").GetInt32();
        float[] first = Image(shape, PixelShift.None, level, seed);
        float[] second = Image(shape, ShiftOf(expected, "shift"), level, seed + 100);
        var spectrum = CrossSpectrum.Of(first, second, shape, taper: 0);

        Agree(SpectralWeight.Power, "plain", 1.5 * Step);
        // They take the modulus of the correlation and we its real part: of a peak of noise, not the same.
        Agree(SpectralWeight.Whitened, "phase", 5 * Step);

        void Agree(SpectralWeight weight, string name, double tolerance)
        {
            float[] surface = spectrum.Surface(spectrum.Weighed(weight, isWhole: true));
            GridPoint peak = shape.PointAt(Array.IndexOf(surface, surface.Max()));
            var whole = new WholeShift(Signed(peak.Row, shape.Rows), Signed(peak.Column, shape.Columns));
            PixelShift found = ImageRegistration.Refine(spectrum, whole, 100, weight, isWhole: true);
            PixelShift theirs = ShiftOf(expected, name);
            (found - theirs).Length.Should().BeLessThan(tolerance, $"{name}: found {found}, they found {theirs}");
        }
    }

    [Fact]
    public void A_correlation_by_chance_is_as_rare_as_students_t_says()
    {
        foreach (JsonElement expected in Reference("chances"))
        {
            double correlation = expected.GetProperty("correlation").GetDouble();
            double freedom = expected.GetProperty("freedom").GetDouble();
            Agree(StudentField.Above(correlation, freedom), expected.GetProperty("above").GetDouble());
            Agree(
                StudentField.AnywhereAbove(
                    correlation, freedom, expected.GetProperty("radius").GetDouble(),
                    expected.GetProperty("roughness").GetDouble()),
                expected.GetProperty("anywhere").GetDouble());
        }

        static void Agree(double ours, double theirs) => (ours / theirs).Should().BeApproximately(1, 1e-9);
    }

    private static int Signed(int index, int length) => index <= length / 2 ? index : index - length;

    private static JsonElement[] All() => Reference("cases");

    private static JsonElement[] Reference(string part) =>
    [
        .. JsonDocument.Parse(File.ReadAllText(
            RepositoryRoot.PathOf("tests/Physics.Tests/Registration/reference.json")))
            .RootElement.GetProperty(part).EnumerateArray(),
    ];

    private static PixelShift ShiftOf(JsonElement element, string name) =>
        new(element.GetProperty(name)[0].GetDouble(), element.GetProperty(name)[1].GetDouble());

    private static float[] Image(GridShape shape, PixelShift shift, double level, int seed)
    {
        float[] image = new float[shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            double sum = level * Noise(i, seed);
            foreach ((double row, double column, double sigma, double height) in Places)
            {
                double r = (i / shape.Columns) - (row * shape.Rows) - shift.Rows;
                double c = (i % shape.Columns) - (column * shape.Columns) - shift.Columns;
                double width = sigma * shape.Rows;
                sum += height * Math.Exp(-0.5 * ((r * r) + (c * c)) / (width * width));
            }

            image[i] = (float)sum;
        }

        return image;
    }

    private static double Noise(int index, int seed)
    {
        ulong x = ((ulong)index + ((ulong)seed * 1_000_003)) * 2654435761 % (1UL << 32);
        x = (x ^ (x >> 15)) * 2246822519 % (1UL << 32);
        return ((x ^ (x >> 13)) / 4294967296.0) - 0.5;
    }
}
