using System.Diagnostics;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Failpoints;

/// <summary>The one moment at which this process dies by its own hand: at a failpoint's n-th passing.</summary>
/// <param name="name">The failpoint, or null for none.</param>
/// <param name="passing">At which passing, from 1.</param>
/// <param name="witness">Hears of it just before.</param>
internal sealed class ArmedFailpoint(string? name, int passing, Witness witness)
{
    private int _passings;

    /// <summary>Dies here when it is time.</summary>
    public void Pass(string here)
    {
        if (IsDue(here))
        {
            Die(here);
        }
    }

    /// <summary>Dies a moment later when it is time, in the middle of what goes on here.</summary>
    public async ValueTask PassDuringAsync(string here, TimeSpan moment)
    {
        if (IsDue(here))
        {
            await Task.Delay(moment, TimeProvider.System).ConfigureAwait(false);
            Die(here);
        }
    }

    /// <summary>Whether it is time; each call is a passing.</summary>
    public bool IsDue(string here) => here == name && Interlocked.Increment(ref _passings) == passing;

    /// <summary>SIGKILL: no handler runs, nothing is flushed, no <c>finally</c> either.</summary>
    public void Die(string here)
    {
        witness.Died(here);
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Dead by now; should a platform take its time, nothing goes on here.
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
