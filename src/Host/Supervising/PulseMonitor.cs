using DklActors.Actors.Interlock;

namespace DklActors.Host.Supervising;

/// <summary>
/// Whether everything that blanks a beam in time has shown a sign of life since the last look: for
/// <see cref="ServiceNotifier.KeepAliveAsync"/>. Not for several threads.
/// </summary>
/// <param name="pulses">Those of the runs that are at work now.</param>
internal sealed class PulseMonitor(Func<IEnumerable<IBeamPulse>> pulses)
{
    private Dictionary<IBeamPulse, long> _seen = [];

    /// <summary>Looks, and asks for the next signs. What is new since the last look counts as alive.</summary>
    public bool Look()
    {
        Dictionary<IBeamPulse, long> now = [];
        bool isLive = true;
        foreach (IBeamPulse pulse in pulses())
        {
            long looks = pulse.Looks;
            isLive &= !_seen.TryGetValue(pulse, out long before) || looks != before;
            now[pulse] = looks;
            pulse.Ask();
        }

        _seen = now;
        return isLive;
    }
}
