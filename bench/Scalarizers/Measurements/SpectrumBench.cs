using DklActors.Measuring;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Scalarizers.Measurements;

/// <summary>Spectra of 2,048 channels a second on one core, by the scalarizers that recipes name.</summary>
internal static class SpectrumBench
{
    private const double FitLimit = 1000;
    private const int Channels = 2048;

    private static readonly EnergyAxis Axis = new(new ElectronVolt(-4), new ElectronVolt(0.02), Channels);

    public static void Run(Report report, int rounds)
    {
        SpectrumFrame[] spectra = [.. Enumerable.Range(0, 8).Select(static seed => Draw(new Random(seed)))];
        report.Heading($"Spectra of {Channels} channels, one core");
        Measure("sum of a band", Of("band-sum", 12, 18), null);
        Measure("peak by parabola", Of("peak-position", 10, 20), null);
        Measure("peak by a Lorentzian on a line, 1,600 channels",
            Of("peak-position", 4.9, 36.9).With(SpectrumParameters.PositionMethod, "lorentzian"), FitLimit);
        Measure("peak by a Gaussian on a line, 500 channels",
            Of("peak-width", 10, 20).With(SpectrumParameters.WidthMethod, "gaussian"), FitLimit);
        Measure("plasmon by the Drude model, 500 channels", Of("plasmon-energy", 10, 20), FitLimit);
        Measure("edge above a power law, 1,000 channels",
            Of("edge-area", 30, 36).With(SpectrumParameters.Background, Window(17, 29)), FitLimit);
        Measure("two plasmons at once, 800 channels",
            Of("plasmon-ratio", 5, 9).With(SpectrumParameters.Reference, Window(13, 17))
                .With(SpectrumParameters.FitWindow, Window(3, 19)), FitLimit);
        Measure("sum after despike, align and Fourier-log",
            Of("band-sum", 12, 18).With(SpectrumParameters.Prepare, "despike, align, deconvolve 3 eV"), null);

        void Measure(string name, ScalarizerSpec spec, double? limit)
        {
            IScalarizer scalarizer = ScalarizerCatalog.Create(spec);
            int next = 0;
            double checksum = 0;
            Timing time = Contest.Run(rounds, () =>
            {
                var measurement = new Measurement(spectra[next++ % spectra.Length], default);
                checksum += scalarizer.Evaluate(in measurement).Value;
            })[0];
            if (limit is { } least)
            {
                report.Rate(name, 1000 / time.Median, least, "spectra/s", 1);
            }
            else
            {
                report.Figure(name, 1000 / time.Median, "spectra/s");
            }
        }
    }

    private static SpectrumFrame Draw(Random random)
    {
        float[] counts = new float[Channels];
        for (int i = 0; i < counts.Length; i++)
        {
            double energy = Axis[i].Value;
            double mean = (60_000 * Math.Exp(-energy * energy / 0.02)) + 5
                + (900 / (1 + Math.Pow((energy - 15) / 1, 2))) + (250 / (1 + Math.Pow((energy - 7) / 1.3, 2)))
                + (energy > 1 ? 6 * Math.Pow(energy / 20, -1) : 0) + (energy > 30 ? 60 : 0);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble());
            counts[i] = (float)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        return new SpectrumFrame(Axis, counts);
    }

    private static ScalarizerSpec Of(string kind, double low, double high) =>
        new ScalarizerSpec(kind).With(SpectrumParameters.Window, Window(low, high));

    private static EnergyWindow Window(double low, double high) => new(new ElectronVolt(low), new ElectronVolt(high));
}
