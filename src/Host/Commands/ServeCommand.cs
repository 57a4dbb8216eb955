using System.CommandLine;
using DklActors.Actors.Running;
using DklActors.Host.Serving;

namespace DklActors.Host.Commands;

/// <summary><c>dkl serve</c>: the daemon.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of everything that the daemon keeps: runs, recipes, data sets, logs, tokens.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DataFolder.Default,
    };

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen; several with ';' between them. Off this machine https alone.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = $"Certificate for https, PEM or PFX; the password of a PFX is taken from "
            + $"{Certificates.PasswordVariable}.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--certificate-key")
    {
        Description = "Private key of a PEM certificate, where that does not hold it.",
        HelpName = "FILE",
    };

    private readonly Option<RunLogLevel> _logLevel = new("--log-level")
    {
        Description = "What the logs hold: error, warning, information, or debug for every step.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => RunLogLevel.Information,
    };

    private readonly BrokerOptions _broker = new(isRequired: false);

    private readonly Option<string?> _contentsUrl = new("--contents-url")
    {
        Description = "Where trainer nodes reach this daemon. Default: where it listens.",
        HelpName = "URL",
    };

    public ServeCommand(TimeProvider time)
    {
        Command = new Command("serve", "The daemon: HTTP API, dashboard, any number of experiments.")
        {
            _data, _urls, _certificate, _key, _contentsUrl, _logLevel,
        };
        _broker.AddTo(Command);
        Command.SetAction((parsed, _) => Boundary.RunAsync(() => Daemon.RunAsync(
            new ServeRequest(
                parsed.GetValue(_data)!,
                parsed.GetValue(_urls)!,
                parsed.GetValue(_certificate),
                parsed.GetValue(_key),
                parsed.GetValue(_logLevel))
            {
                Broker = _broker.BrokerOf(parsed),
                ContentsUrl = parsed.GetValue(_contentsUrl) is { } url ? ContentsOf(url) : null,
            },
            time)));
    }

    public Command Command { get; }

    private static Uri ContentsOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new UsageException($"--contents-url {url} is no http or https address.");
}
