using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;
using DklActors.Physics.Tests.Scalarizers;

namespace DklActors.Physics.Tests.Spectra.Preparation;

public sealed class PreparationTests
{
    [Fact]
    public void Spikes_are_replaced_and_the_zero_loss_peak_is_not()
    {
        float[] counts = ModelSpectrum.Draw(ModelSpectrum.Expected(1), new Random(3)).Counts.ToArray();
        float[] spoilt = [.. counts];
        spoilt[300] += 5000;
        spoilt[500] += 900;
        spoilt[501] += 800;

        Sum(spoilt, "despike 8", 20, 50).Should().BeApproximately(Sum(counts, null, 20, 50), 300);
        Sum(spoilt, null, 20, 50).Should().BeGreaterThan(Sum(counts, null, 20, 50) + 6000);
        Sum(counts, "despike 8", -3, 3).Should().Be(Sum(counts, null, -3, 3));
    }

    [Fact]
    public void Noise_is_no_spike()
    {
        var random = new Random(4);
        for (int i = 0; i < 50; i++)
        {
            float[] counts = ModelSpectrum.Draw(ModelSpectrum.Expected(0.2), random).Counts.ToArray();
            Sum(counts, "despike", 3, 55).Should().Be(Sum(counts, null, 3, 55));
        }
    }

    [Theory]
    [InlineData(0.37)]
    [InlineData(-1.234)]
    [InlineData(0.05)]
    public void A_shifted_spectrum_is_aligned_to_a_fraction_of_a_channel(double shift)
    {
        var axis = ModelSpectrum.Axis with { Origin = new ElectronVolt(-4 + shift) };
        var shifted = new SpectrumFrame(axis, ModelSpectrum.Exact().Counts);
        ScalarizerSpec bulk = Of("plasmon-energy", 12, 17.9);

        Value(shifted, bulk.With(SpectrumParameters.Prepare, "align"))
            .Should().BeApproximately(Value(ModelSpectrum.Exact(), bulk), 0.003);
        Math.Abs(Value(shifted, bulk) - Value(ModelSpectrum.Exact(), bulk)).Should().BeGreaterThan(0.03);
    }

    [Fact]
    public void Binning_keeps_the_counts_and_the_energies()
    {
        SpectrumFrame frame = ModelSpectrum.Exact();

        Value(frame, Of("band-sum", 9.95, 19.95).With(SpectrumParameters.Prepare, "bin 4"))
            .Should().BeApproximately(Value(frame, Of("band-sum", 9.95, 19.95)), 1e-3);
        Value(frame, Of("energy-centre", 9.95, 19.95).With(SpectrumParameters.Prepare, "bin 4"))
            .Should().BeApproximately(Value(frame, Of("energy-centre", 9.95, 19.95)), 2e-3);
    }

    [Theory]
    [InlineData("subtract power-law 22 eV .. 30 eV")]
    [InlineData("subtract two-area 22 eV .. 30 eV")]
    [InlineData("subtract exponential 22 eV .. 30 eV")]
    [InlineData("despike 10, align, subtract power-law 0.022 keV .. 0.03 keV, bin 2")]
    public void Chains_are_read_as_they_are_written(string chain) =>
        Of("band-sum", 31, 36).With(SpectrumParameters.Prepare, chain).Validate(ModelSpectrum.Axis).Should().BeNull();

    [Theory]
    [InlineData("smooth 3", "no step")]
    [InlineData("bin 2.5", "not whole")]
    [InlineData("bin 0", "not a number within")]
    [InlineData("subtract power-law 30 eV .. 22 eV", "lower energy first")]
    [InlineData("subtract power-law", "needs a window")]
    [InlineData("", "no step")]
    public void What_is_no_chain_is_refused(string chain, string problem) =>
        Of("band-sum", 31, 36).With(SpectrumParameters.Prepare, chain).Validate(ModelSpectrum.Axis)
            .Should().Contain(problem);

    [Fact]
    public void A_prepared_spectrum_still_tells_of_saturation()
    {
        ScalarResult result = ScalarizerCatalog.Create(Of("band-sum", 31, 36)
            .With(SpectrumParameters.Prepare, "bin 2").With(SpectrumParameters.Saturation, 50_000))
            .Evaluate(ModelSpectrum.Exact());

        result.Quality.Should().Be(ScalarQuality.Suspect);
        result.Reason.Should().Contain("saturated");
    }

    [Fact]
    public void A_chain_is_part_of_the_identity() =>
        ScalarizerCatalog.Create(Of("band-sum", 31, 36).With(SpectrumParameters.Prepare, "bin 2")).Identity
            .Should().Be("band-sum/1 [31 eV .. 36 eV] prepare='bin 2'");

    private static double Sum(float[] counts, string? chain, double low, double high)
    {
        ScalarizerSpec spec = Of("band-sum", low, high);
        return Value(
            new SpectrumFrame(ModelSpectrum.Axis, counts),
            chain is null ? spec : spec.With(SpectrumParameters.Prepare, chain));
    }

    private static double Value(SpectrumFrame frame, ScalarizerSpec spec) =>
        ScalarizerCatalog.Create(spec).Evaluate(frame).Value;

    private static ScalarizerSpec Of(string kind, double low, double high) =>
        new ScalarizerSpec(kind).With(SpectrumParameters.Window, Sample.Window(low, high));
}
