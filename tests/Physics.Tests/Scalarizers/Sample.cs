using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Tests.Scalarizers;

/// <summary>Spectra to scalarize: ten channels at 0, 1 … 9 eV.</summary>
internal static class Sample
{
    public static readonly EnergyAxis Axis = new(new ElectronVolt(0), new ElectronVolt(1), 10);

    public static readonly float[] Ramp = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

    public static SpectrumFrame Of(params float[] counts) => new(Axis, counts);

    /// <summary>The ramp with one channel changed.</summary>
    public static SpectrumFrame RampWith(int channel, float count)
    {
        float[] counts = [.. Ramp];
        counts[channel] = count;
        return Of(counts);
    }

    public static EnergyWindow Window(double low, double high) => new(new ElectronVolt(low), new ElectronVolt(high));

    /// <summary>What a recipe says of a kind with these windows: the signal's, then the denominator's.</summary>
    public static ScalarizerSpec Spec(string kind, params EnergyWindow[] windows)
    {
        var spec = new ScalarizerSpec(kind);
        spec = windows.Length > 0 ? spec.With(SpectrumParameters.Window, windows[0]) : spec;
        return windows.Length > 1 ? spec.With(SpectrumParameters.Reference, windows[1]) : spec;
    }

    /// <summary>Evaluates a frame by itself.</summary>
    public static ScalarResult Evaluate(this IScalarizer scalarizer, Frame frame) =>
        scalarizer.Evaluate(new Measurement(frame, default));

    /// <summary>Poisson counts by adding exponential waiting times: slow, and plainly right.</summary>
    public static SpectrumFrame Draw(IReadOnlyList<double> means, Random random) =>
        Of([.. means.Select(mean =>
        {
            int count = 0;
            for (double time = -Math.Log(1 - random.NextDouble()); time < mean; count++)
            {
                time -= Math.Log(1 - random.NextDouble());
            }

            return (float)count;
        })]);
}
