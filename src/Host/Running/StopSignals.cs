using System.Runtime.InteropServices;

namespace DklActors.Host.Running;

/// <summary>
/// Ctrl+C, SIGTERM and SIGHUP: the first ends the run at the next point boundary, the second at once; a third does to
/// the process what it does to any, with the beam blanked by then.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Action<string, string> _stop;
    private readonly Action<string, string> _abort;
    private readonly Action<string> _say;
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    /// <param name="stop">Ends the run at the next point boundary: by whom, why.</param>
    /// <param name="abort">Blanks the beam and ends the run now: by whom, why.</param>
    /// <param name="say">Tells the person; must not throw.</param>
    public StopSignals(Action<string, string> stop, Action<string, string> abort, Action<string> say)
    {
        _stop = stop;
        _abort = abort;
        _say = say;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // What has to happen comes before the words: a terminal may be gone, and with it the way to speak.
    internal void OnSignal(PosixSignalContext context)
    {
        string by = Environment.UserName;
        int received = Interlocked.Increment(ref _received);
        context.Cancel = received <= 2;
        switch (received)
        {
            case 1:
                _stop(by, $"{context.Signal}");
                _say("Stopping at the next point; once more to blank the beam and end at once.");
                break;
            case 2:
                _abort(by, $"{context.Signal}, repeated");
                _say("Aborting: the beam is blanked.");
                break;
        }
    }
}
