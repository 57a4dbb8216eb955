using DklActors.Instruments.Simulated;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Tests.Simulated;

/// <summary>Shared by the tests of all simulated samples.</summary>
internal static class Support
{
    public static SimulatedMicroscope Microscope(SimulationOptions options) =>
        new(options, VirtualTiming.Instant, TimeProvider.System);

    /// <summary>Centre of mass of a pattern: row and column of the camera.</summary>
    public static (double Row, double Column) CentreOfMass(Frame frame)
    {
        var pattern = (PatternFrame)frame;
        double sum = 0, rows = 0, columns = 0;
        for (int i = 0; i < pattern.Counts.Length; i++)
        {
            double counts = pattern.Counts.Span[i];
            sum += counts;
            rows += counts * (i / pattern.Shape.Columns);
            columns += counts * (i % pattern.Shape.Columns);
        }

        return (rows / sum, columns / sum);
    }

    public static double Sum(Frame frame)
    {
        double sum = 0;
        foreach (float counts in frame.Counts.Span)
        {
            sum += counts;
        }

        return sum;
    }

    /// <summary>Correlation coefficient of Pearson.</summary>
    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double a = first.Average(), b = second.Average();
        return first.Zip(second, (x, y) => (x - a) * (y - b)).Sum()
            / Math.Sqrt(first.Sum(x => (x - a) * (x - a)) * second.Sum(y => (y - b) * (y - b)));
    }
}
