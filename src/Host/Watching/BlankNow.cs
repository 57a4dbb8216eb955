using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Watching;

/// <summary>Blanks named blankers, verified, and nothing else: for when a daemon has ended, whatever way.</summary>
internal static class BlankNow
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="blankers">The blankers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Is told how each of them ended.</param>
    /// <returns>Whether all of them read back as blanked.</returns>
    public static async Task<bool> RunAsync(
        IReadOnlyList<BlankerSpec> blankers, TimeProvider time, Action<string> say)
    {
        bool[] done = await Task.WhenAll(blankers.Select(spec => Task.Run(() => BlankAsync(spec, time, say))))
            .ConfigureAwait(false);
        return done.All(static isDone => isDone);
    }

    private static async Task<bool> BlankAsync(BlankerSpec spec, TimeProvider time, Action<string> say)
    {
        IBeam blanker = spec.Open();
        string problem = "it reads back as unblanked";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                blanker.Blank();
                if (blanker.IsBlanked)
                {
                    say($"{spec}: blanked and read back.");
                    return true;
                }
            }
            catch (InstrumentException exception)
            {
                problem = exception.Message;
            }

            await Task.Delay(Pause, time).ConfigureAwait(false);
        }

        say($"{spec}: THE BEAM COULD NOT BE BLANKED after {Attempts} attempts: {problem}. Close the column valves by "
            + "hand, then find out why.");
        return false;
    }
}
