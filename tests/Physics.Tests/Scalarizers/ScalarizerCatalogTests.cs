using DklActors.Messages.Frames;
using DklActors.Physics.Patterns;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Tests.Scalarizers;

public sealed class ScalarizerCatalogTests
{
    private static readonly EnergyWindow Window = Sample.Window(2, 5.25);

    [Fact]
    public void Kinds_are_sorted_and_those_of_the_first_recipes_are_among_them() =>
        ScalarizerCatalog.Kinds.Should().BeInAscendingOrder(StringComparer.Ordinal).And.Contain(
            ["band-mean", "band-sum", "peak-maximum", "value", "window-ratio"]);

    [Fact]
    public void Identities_hold_kind_version_and_every_parameter()
    {
        Create("band-mean", Window).Identity.Should().Be("band-mean/1 [2 eV .. 5.25 eV]");
        Create("window-ratio", Window, Sample.Window(6, 7.125)).Identity
            .Should().Be("window-ratio/1 [2 eV .. 5.25 eV] / [6 eV .. 7.125 eV]");
        ScalarizerCatalog.Create(Sample.Spec("band-sum", Window).With(SpectrumParameters.Saturation, 65535)).Identity
            .Should().Be("band-sum/1 [2 eV .. 5.25 eV] saturating at 65535 counts");
    }

    [Fact]
    public void Windows_that_differ_in_the_last_digit_have_different_identities() =>
        Create("band-sum", Sample.Window(2, Math.BitIncrement(5.25))).Identity
            .Should().NotBe(Create("band-sum", Window).Identity);

    [Fact]
    public void Minus_nothing_is_nothing_in_an_identity()
    {
        var spec = new ScalarizerSpec("com-row");

        Of(spec.With(PatternParameters.Centre, new DetectorPoint(-0.0, 4)))
            .Should().Be(Of(spec.With(PatternParameters.Centre, new DetectorPoint(0, 4))));
        Of(spec.With(PatternParameters.ScanRotation, -0.0))
            .Should().Be(Of(spec.With(PatternParameters.ScanRotation, 0)));

        static string Of(ScalarizerSpec spec) => ScalarizerCatalog.Create(spec).Identity;
    }

    [Fact]
    public void An_unknown_kind_is_refused_with_the_known_ones() =>
        FluentActions.Invoking(() => Create("band-average", Window))
            .Should().Throw<ArgumentException>().WithMessage("*'band-average'*band-mean, band-sum*");

    [Theory]
    [InlineData("band-mean", 2, "has no parameter 'reference'")]
    [InlineData("band-mean", 0, "needs window")]
    [InlineData("window-ratio", 1, "needs reference")]
    public void A_wrong_number_of_windows_is_refused(string kind, int windows, string problem) =>
        Sample.Spec(kind, [.. Enumerable.Repeat(Window, windows)]).Validate(Sample.Axis)
            .Should().Contain(problem);

    [Theory]
    [InlineData(5, 2)]
    [InlineData(3, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_window_without_extent_is_refused(double low, double high) =>
        Sample.Spec("band-sum", Sample.Window(low, high)).Validate(Sample.Axis)
            .Should().Contain("is empty");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void An_impossible_saturation_level_is_refused(double level) =>
        Sample.Spec("band-sum", Window).With(SpectrumParameters.Saturation, level).Validate(Sample.Axis)
            .Should().Contain("saturation of");

    [Theory]
    [InlineData(7, 12)]
    [InlineData(-3, 2)]
    [InlineData(20, 30)]
    [InlineData(2.1, 2.9)]
    public void A_window_off_the_axis_is_refused_with_window_axis_and_remedy(double low, double high)
    {
        EnergyWindow window = Sample.Window(low, high);

        string? problem = Sample.Spec("band-sum", window).Validate(Sample.Axis);

        problem.Should().Contain(window.ToString()).And.Contain("0 eV .. 9 eV").And.Contain("choose bounds");
    }

    [Fact]
    public void A_good_specification_has_no_problem() =>
        Sample.Spec("band-sum", Window).Validate(Sample.Axis).Should().BeNull();

    [Fact]
    public void An_instrument_without_an_energy_axis_is_told_apart() =>
        Sample.Spec("band-sum", Window).Validate(null).Should().Contain("diffraction patterns");

    private static IScalarizer Create(string kind, params EnergyWindow[] windows) =>
        ScalarizerCatalog.Create(Sample.Spec(kind, windows));
}
