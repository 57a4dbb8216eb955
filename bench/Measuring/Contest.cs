namespace DklActors.Measuring;

/// <summary>
/// Times several actions in turns, so that a neighbour's load on the machine meets them all alike.
/// </summary>
public static class Contest
{
    private static readonly TimeSpan LeastRound = TimeSpan.FromMilliseconds(20);

    /// <param name="rounds">How often everyone has a turn.</param>
    /// <param name="actions">What to time; each is repeated in its turn until clocks can resolve it.</param>
    /// <returns>For every action the time of one run.</returns>
    public static Timing[] Run(int rounds, params IReadOnlyList<Action> actions)
    {
        int[] repetitions = [.. actions.Select(Repetitions)];
        double[][] milliseconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Count; i++)
            {
                milliseconds[i][round] = Time(actions[i], repetitions[i]).TotalMilliseconds / repetitions[i];
            }
        }

        return [.. milliseconds.Select(Timing.Of)];
    }

    // The first runs compile and warm up.
    private static int Repetitions(Action action)
    {
        TimeSpan once = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            TimeSpan time = Time(action, 1);
            once = time < once ? time : once;
        }

        return (int)Math.Clamp(LeastRound / once, 1.0, 10_000.0);
    }

    private static TimeSpan Time(Action action, int repetitions)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
        {
            action();
        }

        return TimeProvider.System.GetElapsedTime(start);
    }
}
