namespace DklActors.Measuring;

/// <summary>Milliseconds of one run.</summary>
/// <param name="Median">Median over the rounds.</param>
/// <param name="Least">The shortest: what the machine can do when nobody else is on it.</param>
public readonly record struct Timing(double Median, double Least)
{
    public static Timing Of(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        return new Timing(milliseconds[milliseconds.Length / 2], milliseconds[0]);
    }

    public static Timing operator /(Timing timing, double count) => new(timing.Median / count, timing.Least / count);
}
