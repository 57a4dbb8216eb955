using System.CommandLine;
using DklActors.Host.Remote;
using DklActors.Host.Serving;

namespace DklActors.Host.Commands;

/// <summary>Which daemon a command speaks to, for every command that does.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string?> _url = new("--url")
    {
        Description = "Address of the daemon. Default: DKL_URL, or what the daemon left in --data.",
        HelpName = "URL",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "A token of it; better in DKL_TOKEN, which others cannot see. Default: the one in --data.",
        HelpName = "TOKEN",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Folder of a daemon on this machine. Default: {DataFolder.Default}.",
        HelpName = "DIR",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print what the daemon answers, as JSON." };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_token);
        command.Add(_data);
        command.Add(Json);
    }

    /// <exception cref="UsageException">Nothing says where the daemon is, or no token is to be had.</exception>
    public DaemonAddress AddressOf(ParseResult parsed) =>
        DaemonAddress.Find(parsed.GetValue(_url), parsed.GetValue(_token), parsed.GetValue(_data));
}
