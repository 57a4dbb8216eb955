using System.CommandLine;
using System.Runtime.InteropServices;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Guarding;
using DklActors.Instruments.Blankers;

namespace DklActors.Host.Commands;

/// <summary><c>dkl watchdog</c>: blanks the beam when the process that has it falls silent or is gone.</summary>
internal sealed class WatchdogCommand
{
    // At the end: for what is armed to be blanked.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    private readonly Option<string?> _socket = new("--socket")
    {
        Description = "Path of the socket that daemons find it at; they take it from DKL_WATCHDOG.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _log = new("--log")
    {
        Description = "A file to keep the log in, beside standard error.",
        HelpName = "FILE",
    };

    private readonly Option<double?> _linger = new("--linger")
    {
        Description = "End after so many seconds with nobody to watch. Default: never.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Leave the session of whoever starts it, and keep the terminal free.",
    };

    private readonly Option<string[]> _blankNow = new("--blank-now")
    {
        Description = "Blank these blankers, verified, and end: file:PATH or command:PATH. May be repeated.",
        HelpName = "BLANKER",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "With or instead of --blank-now: also the blankers that a daemon had armed, from this folder.",
        HelpName = "DIR",
    };

    private readonly TimeProvider _time;

    public WatchdogCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command(
            "watchdog", "Guard the beam from outside the daemon: blank it when the daemon falls silent or is gone.")
        {
            _socket, _log, _linger, _quiet, _blankNow, _data,
        };
        Command.SetAction((parsed, _) => Boundary.RunAsync(() => RunAsync(parsed)));
    }

    public Command Command { get; }

    private async Task<ExitCode> RunAsync(ParseResult parsed)
    {
        if (parsed.GetValue(_blankNow) is { Length: > 0 } || parsed.GetValue(_data) is not null)
        {
            return await BlankNow.RunAsync(BlankersOf(parsed), _time, Console.Error.WriteLine).ConfigureAwait(false)
                ? ExitCode.Done
                : ExitCode.RunFailed;
        }

        string address = parsed.GetValue(_socket)
            ?? throw new UsageException("--socket is missing: name where daemons find the watchdog, such as "
                + "--socket dkl-data/watchdog.sock.");
        bool isQuiet = parsed.GetValue(_quiet);
        if (isQuiet)
        {
            OwnSession.Begin();
        }

        var log = new WatchdogLog(parsed.GetValue(_log), isQuiet ? null : Console.Error, _time);
        using var watchdog = new Watchdog(Path.GetFullPath(address), log, _time);
        using PosixSignalRegistration onInterrupt = Handle(PosixSignal.SIGINT, watchdog.Stop);
        using PosixSignalRegistration onTerminate = Handle(PosixSignal.SIGTERM, watchdog.Stop);
        // A terminal that closes is no reason to stop guarding.
        using PosixSignalRegistration onHangUp = Handle(PosixSignal.SIGHUP, static () => { });
        TimeSpan? linger = parsed.GetValue(_linger) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return watchdog.Run(linger, LastPatience) ? ExitCode.Done : ExitCode.RunFailed;
    }

    private List<BlankerSpec> BlankersOf(ParseResult parsed)
    {
        IEnumerable<string> texts = parsed.GetValue(_blankNow)!;
        if (parsed.GetValue(_data) is { } folder && File.Exists(WatchdogOptions.LedgerIn(folder)))
        {
            texts = texts.Concat(File.ReadAllLines(WatchdogOptions.LedgerIn(folder)));
        }

        return
        [
            .. texts.Where(static text => text.Length > 0).Distinct().Select(text =>
                BlankerSpec.TryParse(text, out BlankerSpec? spec)
                    ? spec.From(Directory.GetCurrentDirectory())
                    : throw new UsageException($"'{text}' names no blanker; write {BlankerSpec.Accepts}.")),
        ];
    }

    private static PosixSignalRegistration Handle(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            act();
        });
}
