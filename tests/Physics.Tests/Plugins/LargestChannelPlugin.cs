using DklActors.Messages.Scalars;
using DklActors.Physics.Plugins;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Tests.Plugins;

/// <summary>What somebody might write: the number of the largest channel, times a factor from the settings.</summary>
public sealed class LargestChannelPlugin : IScalarizerPlugin
{
    public IScalarizer Create(string settings) => new LargestChannel(
        settings.Length == 0 ? 1
            : double.TryParse(settings, out double factor) ? factor
            : throw new ArgumentException($"'{settings}' is no factor."));

    private sealed class LargestChannel(double factor) : IScalarizer
    {
        public string Identity => $"largest-channel/1 x{factor:R}";

        public string Unit => "channel";

        public ScalarResult Evaluate(in Measurement measurement)
        {
            ReadOnlySpan<float> counts = measurement.Frame.Counts.Span;
            int largest = 0;
            for (int i = 1; i < counts.Length; i++)
            {
                largest = counts[i] > counts[largest] ? i : largest;
            }

            return new ScalarResult(factor * largest, 0.5 * factor, ScalarQuality.Good);
        }
    }
}
