using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Physics.Fourier;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;
using DklActors.Physics.Tests.Scalarizers;

namespace DklActors.Physics.Tests.Spectra.Preparation;

/// <summary>Plural scattering is Poisson's distribution of single losses, and is taken away again.</summary>
public sealed class DeconvolutionTests
{
    private static readonly EnergyAxis Axis = new(new ElectronVolt(-5), new ElectronVolt(0.1), 1024);

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void Single_scattering_comes_back_out_of_plural_scattering(double thickness)
    {
        ScalarizerSpec peak = Of("band-sum", 11, 19);
        ScalarizerSpec second = Of("band-sum", 26, 34);
        SpectrumFrame plural = Plural(thickness);

        // The single-scattering distribution holds t/λ times the zero-loss counts, of which the window has its share.
        double zeroLoss = Value(plural, Of("band-sum", -3, 3));
        double single = Value(plural, peak.With(SpectrumParameters.Prepare, "deconvolve 3 eV"));
        single.Should().BeApproximately(thickness * zeroLoss * Share(11, 19), 0.01 * thickness * zeroLoss);
        double left = Value(plural, second.With(SpectrumParameters.Prepare, "deconvolve 3 eV"));
        left.Should().BeApproximately(thickness * zeroLoss * Share(26, 34), 0.01 * thickness * zeroLoss);
        Value(plural, second).Should().BeGreaterThan(left + (0.2 * thickness * thickness * zeroLoss));
    }

    [Fact]
    public void A_spectrum_without_its_zero_loss_peak_is_refused()
    {
        var cut = new SpectrumFrame(Axis with { Origin = new ElectronVolt(4) }, Plural(0.5).Counts);

        ScalarizerCatalog.Create(Of("band-sum", 11, 19).With(SpectrumParameters.Prepare, "deconvolve 3 eV"))
            .Evaluate(cut).Reason.Should().Contain("zero-loss peak");
    }

    [Fact]
    public void The_transform_is_that_of_the_definition_and_back()
    {
        var random = new Random(6);
        double[] real = [.. Enumerable.Range(0, 32).Select(_ => random.NextDouble())], imaginary = new double[32];
        double[] source = [.. real];
        ComplexTransform.Run(real, imaginary, false);
        for (int k = 0; k < 32; k++)
        {
            real[k].Should().BeApproximately(
                source.Select((value, n) => value * Math.Cos(2 * Math.PI * k * n / 32)).Sum(), 1e-12);
            imaginary[k].Should().BeApproximately(
                -source.Select((value, n) => value * Math.Sin(2 * Math.PI * k * n / 32)).Sum(), 1e-12);
        }

        ComplexTransform.Run(real, imaginary, true);
        real.Select(value => value / 32).Should().Equal(source, (left, right) => Math.Abs(left - right) < 1e-12);
    }

    /// <summary>Up to nine losses of a Lorentzian-like plasmon at 15 eV, each as likely as Poisson has it.</summary>
    private static SpectrumFrame Plural(double thickness)
    {
        const int Zero = 50;
        double[] peak = [.. Enumerable.Range(0, 1024).Select(i => Math.Exp(-Math.Pow((i - Zero) / 4.0, 2)))];
        double scale = 1e6 / peak.Sum();
        double[] single = [.. Enumerable.Range(0, 1024).Select(Loss)];
        double[] sum = [.. peak.Select(value => value * scale)], last = sum;
        for (int order = 1; order < 10; order++)
        {
            double[] next = new double[1024];
            for (int i = 0; i < 1024; i++)
            {
                for (int loss = 0; loss <= i; loss++)
                {
                    next[i] += last[i - loss] * single[loss] * thickness / order;
                }
            }

            sum = [.. sum.Zip(next, static (left, right) => left + right)];
            last = next;
        }

        return new SpectrumFrame(Axis, Array.ConvertAll(sum, static value => (float)value));
    }

    /// <summary>Probability of a loss of so many channels; nothing beyond 45 eV.</summary>
    private static double Loss(int channel) => Shape(channel) / Enumerable.Range(0, 1024).Sum(Shape);

    private static double Shape(int channel) => channel is > 0 and < 450
        ? 1 / (1 + Math.Pow((channel - 150) / 15.0, 2))
        : 0;

    private static double Share(double low, double high) =>
        Enumerable.Range((int)(low * 10) + 1, (int)((high - low) * 10) - 1).Sum(Loss);

    private static double Value(SpectrumFrame frame, ScalarizerSpec spec) =>
        ScalarizerCatalog.Create(spec).Evaluate(frame).Value;

    private static ScalarizerSpec Of(string kind, double low, double high) =>
        new ScalarizerSpec(kind).With(SpectrumParameters.Window, Sample.Window(low, high));
}
