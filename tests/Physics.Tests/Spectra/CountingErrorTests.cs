using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Expressions;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;
using DklActors.Physics.Tests.Scalarizers;

namespace DklActors.Physics.Tests.Spectra;

/// <summary>
/// The standard error that is reported is the spread of scalars of many exposures, and falls as 1/√dose.
/// </summary>
public sealed class CountingErrorTests
{
    private const int Draws = 400;

    private static readonly Dictionary<string, ScalarizerSpec> Specs = new()
    {
        ["sum"] = Of("band-sum", 10, 20),
        ["ratio"] = Of("window-ratio", 5, 9).With(SpectrumParameters.Reference, Sample.Window(8, 20)),
        ["centre"] = Of("energy-centre", 10, 20),
        ["vertex"] = Of("peak-position", 12, 18),
        ["position, Lorentzian"] =
            Of("peak-position", 12, 17.9).With(SpectrumParameters.PositionMethod, "lorentzian"),
        ["width, Lorentzian"] = Of("peak-width", 12, 17.9).With(SpectrumParameters.WidthMethod, "lorentzian"),
        ["width, Gaussian"] = Of("peak-width", -2, 2).With(SpectrumParameters.WidthMethod, "gaussian"),
        ["Drude energy"] = Of("plasmon-energy", 12, 18),
        ["Drude width"] = Of("plasmon-width", 12, 18),
        ["plasmon ratio"] = Of("plasmon-ratio", 5, 9)
            .With(SpectrumParameters.Reference, Sample.Window(13, 17))
            .With(SpectrumParameters.FitWindow, Sample.Window(3, 18)),
        ["edge"] = Of("edge-area", 30.5, 36).With(SpectrumParameters.Background, Sample.Window(22, 30)),
        ["edge, two areas"] = Of("edge-area", 30.5, 36)
            .With(SpectrumParameters.Background, Sample.Window(22, 30))
            .With(SpectrumParameters.BackgroundModel, "two-area"),
        ["edge, exponential"] = Of("edge-area", 30.5, 36)
            .With(SpectrumParameters.Background, Sample.Window(22, 30))
            .With(SpectrumParameters.BackgroundModel, "exponential"),
        ["white lines"] = Of("white-line-ratio", 30.5, 34.5)
            .With(SpectrumParameters.Reference, Sample.Window(36.5, 40.5))
            .With(SpectrumParameters.Background, Sample.Window(22, 30))
            .With(SpectrumParameters.Continuum, Sample.Window(45, 50)),
        ["thickness"] = Of("thickness", -3, 2),
        ["component"] = new ScalarizerSpec("component-weight").With(SpectrumParameters.Components, Components()),
        ["cosine"] = new ScalarizerSpec("similarity").With(SpectrumParameters.ReferenceSpectrum, Tilted())
            .With(SpectrumParameters.CompareWindow, Sample.Window(5, 25)),
        ["expression"] = new ScalarizerSpec("expression")
            .With(ExpressionScalarizer.Windows, "s = 5 eV .. 9 eV, b = 12 eV .. 18 eV")
            .With(ExpressionScalarizer.Formula, "log(s / (s + mean(b)^1.5)) - sqrt(s) / 100"),
        ["after a background"] =
            Of("energy-centre", 30.5, 36).With(SpectrumParameters.Prepare, "subtract power-law 22 eV .. 30 eV, bin 3"),
        ["aligned"] = Of("band-sum", 10, 20).With(SpectrumParameters.Prepare, "align"),
    };

    public static TheoryData<string> Names => [.. Specs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_standard_error_is_the_spread_and_falls_with_the_root_of_the_dose(string name)
    {
        IScalarizer scalarizer = ScalarizerCatalog.Create(Specs[name]);

        (double spread, double told) = SpreadAt(scalarizer, 1, 11);
        (double four, double fourTold) = SpreadAt(scalarizer, 4, 12);

        told.Should().BeApproximately(spread, 0.17 * spread, "of {0}", name);
        fourTold.Should().BeApproximately(four, 0.17 * four, "of {0}", name);
        double scale = ScalarizerCatalog.Find(Specs[name].Kind)!.Name is "band-sum" or "edge-area" or "component-weight"
            ? 2
            : name == "expression" ? double.NaN : 0.5;
        if (double.IsFinite(scale))
        {
            (fourTold / told).Should().BeApproximately(scale, 0.1 * scale);
        }
    }

    private static (double Spread, double Told) SpreadAt(IScalarizer scalarizer, double dose, int seed)
    {
        var random = new Random(seed);
        double[] expected = ModelSpectrum.Expected(dose);
        double sum = 0, squares = 0, told = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            ScalarResult result = scalarizer.Evaluate(ModelSpectrum.Draw(expected, random));
            result.Quality.Should().NotBe(ScalarQuality.Bad, result.Reason);
            sum += result.Value;
            squares += result.Value * result.Value;
            told += result.StandardError;
        }

        double mean = sum / Draws;
        return (Math.Sqrt((squares / Draws) - (mean * mean)), told / Draws);
    }

    private static ReferenceArray Components()
    {
        SpectrumFrame whole = ModelSpectrum.Exact();
        float[] components = new float[2 * whole.Counts.Length];
        whole.Counts.CopyTo(components);
        components.AsSpan(whole.Counts.Length).Fill(1);
        return new ReferenceArray("model", [2, whole.Counts.Length], components);
    }

    private static ReferenceArray Tilted()
    {
        float[] tilted = ModelSpectrum.Exact().Counts.ToArray();
        for (int i = 0; i < tilted.Length; i++)
        {
            tilted[i] *= 1 + (0.008f * i);
        }

        return new ReferenceArray("tilted", [tilted.Length], tilted);
    }

    private static ScalarizerSpec Of(string kind, double low, double high) =>
        new ScalarizerSpec(kind).With(SpectrumParameters.Window, Sample.Window(low, high));
}
