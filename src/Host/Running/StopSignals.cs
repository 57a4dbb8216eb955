using System.Runtime.InteropServices;
using DklActors.Actors.Running;
using DklActors.Host.Terminal;

namespace DklActors.Host.Running;

/// <summary>Ctrl+C and SIGTERM: the first ends the run at the next point boundary, the second at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly ExperimentRunner _runner;
    private readonly RunTerminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public StopSignals(ExperimentRunner runner, RunTerminal terminal)
    {
        _runner = runner;
        _terminal = terminal;
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

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        string by = Environment.UserName;
        if (Interlocked.Increment(ref _received) == 1)
        {
            _terminal.Say("Stopping at the next point; once more to blank the beam and end at once.");
            _runner.Stop(by, $"{context.Signal}");
        }
        else
        {
            _terminal.Say("Aborting: the beam is blanked.");
            _runner.Abort(by, $"{context.Signal}, repeated");
        }
    }
}
