using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Tests.Scalarizers;

public sealed class ScalarizerQualityTests
{
    /// <summary>The kinds that look at windows of a spectrum.</summary>
    public static TheoryData<string> Kinds => ["band-mean", "band-sum", "peak-maximum", "window-ratio"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Counts_that_are_no_numbers_make_it_bad_with_the_channel(string kind)
    {
        foreach (float count in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            ScalarResult result = Make(kind).Evaluate(Sample.RampWith(3, count));

            result.Quality.Should().Be(ScalarQuality.Bad);
            result.Value.Should().Be(double.NaN);
            result.Reason.Should().Contain("Channel 3 (3 eV)");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_lies_outside_the_windows_does_not_matter(string kind) =>
        Make(kind).Evaluate(Sample.RampWith(9, float.NaN)).Quality.Should().Be(ScalarQuality.Good);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_empty_spectrum_is_bad(string kind)
    {
        ScalarResult result = Make(kind).Evaluate(Sample.Of(new float[10]));

        result.Quality.Should().Be(ScalarQuality.Bad);
        result.Reason.Should().Contain("blanked");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Negative_counts_are_suspect(string kind)
    {
        ScalarResult result = Make(kind).Evaluate(Sample.RampWith(3, -2));

        result.Quality.Should().Be(ScalarQuality.Suspect);
        result.Reason.Should().Contain("negative");
        result.StandardError.Should().BePositive();
    }

    [Theory]
    [InlineData("band-sum", ScalarQuality.Suspect)]
    [InlineData("band-mean", ScalarQuality.Suspect)]
    [InlineData("window-ratio", ScalarQuality.Suspect)]
    [InlineData("peak-maximum", ScalarQuality.Bad)]
    public void Saturation_in_a_window_is_told(string kind, ScalarQuality quality)
    {
        ScalarResult result = Make(kind, saturationCounts: 1000).Evaluate(Sample.RampWith(3, 1000));

        result.Quality.Should().Be(quality);
        result.Reason.Should().Contain("saturated");
        Make(kind, saturationCounts: 1000).Evaluate(Sample.RampWith(3, 999)).Quality.Should().Be(ScalarQuality.Good);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_pattern_is_bad_and_no_exception(string kind)
    {
        ScalarResult result = Make(kind).Evaluate(new PatternFrame(new GridShape(2, 2), new float[] { 1, 2, 3, 4 }));

        result.Quality.Should().Be(ScalarQuality.Bad);
        result.Reason.Should().Contain("diffraction pattern");
    }

    [Fact]
    public void A_spectrum_on_another_axis_is_bad_and_no_exception()
    {
        EnergyAxis other = Sample.Axis with { Origin = new(100) };

        ScalarResult result = Make("band-sum").Evaluate(new SpectrumFrame(other, Sample.Ramp));

        result.Quality.Should().Be(ScalarQuality.Bad);
        result.Reason.Should().Contain("does not lie on the energy axis");
    }

    [Fact]
    public void No_count_in_the_window_is_a_good_zero_that_claims_no_certainty()
    {
        float[] counts = [.. Sample.Ramp];
        counts.AsSpan(2, 3).Clear();

        ScalarResult result = Make("band-sum").Evaluate(Sample.Of(counts));

        result.Should().Be(new ScalarResult(0, 1, ScalarQuality.Good));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-5f)]
    public void A_ratio_over_nothing_is_bad(float count)
    {
        float[] counts = [.. Sample.Ramp];
        counts.AsSpan(6, 2).Fill(count);

        ScalarResult result = Make("window-ratio").Evaluate(Sample.Of(counts));

        result.Quality.Should().Be(ScalarQuality.Bad);
        result.Reason.Should().Contain("denominator");
    }

    [Fact]
    public void A_ratio_over_a_handful_of_counts_is_suspect()
    {
        float[] counts = [.. Sample.Ramp];
        counts.AsSpan(6, 2).Fill(2);

        ScalarResult result = Make("window-ratio").Evaluate(Sample.Of(counts));

        result.Quality.Should().Be(ScalarQuality.Suspect);
        result.Reason.Should().Contain("only 4 counts");
    }

    private static IScalarizer Make(string kind, double? saturationCounts = null)
    {
        EnergyWindow[] windows = kind == "window-ratio"
            ? [Sample.Window(1.5, 4.5), Sample.Window(5.5, 7.5)]
            : [Sample.Window(1.5, 4.5)];
        ScalarizerSpec spec = Sample.Spec(kind, windows);
        return ScalarizerCatalog.Create(
            saturationCounts is { } level ? spec.With(SpectrumParameters.Saturation, level) : spec);
    }
}
