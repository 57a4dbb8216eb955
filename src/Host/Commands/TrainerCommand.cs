using System.CommandLine;
using DklActors.Actors.Running;
using DklActors.Host.Recipes.Formats;
using DklActors.Host.Secrets;
using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Secrets;

namespace DklActors.Host.Commands;

/// <summary><c>dkl trainer</c>: a trainer node.</summary>
internal sealed class TrainerCommand
{
    private const int MostCapacity = 64;

    private static readonly QuantityFormat<long> Sizes = new(
        UnitTable.DataSize, 0, 1e15, static bytes => (long)bytes, static bytes => bytes, isWhole: true);

    private static readonly QuantityFormat<TimeSpan> Times = new(
        UnitTable.Time, 0, 86_400_000, static time => TimeSpan.FromMilliseconds(time),
        static time => time.TotalMilliseconds);

    private readonly BrokerOptions _broker = new(isRequired: true);

    private readonly Option<string?> _daemonAuthority = new("--daemon-ca")
    {
        Description = "Certificates of the authority that the daemons' certificates are of. Default: the system's.",
        HelpName = "FILE",
    };

    private readonly Option<string> _token = new("--token-file")
    {
        Description = $"Copy of {TrainerToken.FileName} of the daemon's data folder, mode 600.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where to train: cpu, or such as cuda:0.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int> _capacity = new("--capacity")
    {
        Description = "Trainings at a time.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "What people call this node. Default: the machine's name and the device.",
        HelpName = "NAME",
    };

    private readonly Option<string> _cache = new("--cache")
    {
        Description = "Folder of images and models that were fetched; may be lost.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "dkl-trainer-cache",
    };

    private readonly Option<string> _cacheSize = new("--cache-size")
    {
        Description = "Most that it may hold, such as 500MB or 2GB.",
        HelpName = "SIZE",
        DefaultValueFactory = _ => "2GB",
    };

    private readonly Option<string> _drain = new("--drain")
    {
        Description = "How long trainings may go on when the node is told to end; then they go to other nodes.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "60s",
    };

    private readonly Option<string?> _logs = new("--logs")
    {
        Description = "A folder to keep the log in, beside standard error.",
        HelpName = "DIR",
    };

    private readonly Option<RunLogLevel> _logLevel = new("--log-level")
    {
        Description = "What the logs hold: error, warning, information, or debug.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => RunLogLevel.Information,
    };

    public TrainerCommand(TimeProvider time)
    {
        Command = new Command("trainer", "A trainer node: trains models for daemons that reach it over a broker.")
        {
            _token, _daemonAuthority, _device, _capacity, _name, _cache, _cacheSize, _drain, _logs, _logLevel,
        };
        _broker.AddTo(Command);
        Command.SetAction((parsed, _) => Boundary.RunAsync(() => TrainerProcess.RunAsync(
            OptionsOf(parsed), parsed.GetValue(_logs), parsed.GetValue(_logLevel), time)));
    }

    public Command Command { get; }

    private TrainerNodeOptions OptionsOf(ParseResult parsed)
    {
        string device = parsed.GetValue(_device)!;
        int capacity = parsed.GetValue(_capacity);
        if (capacity is < 1 or > MostCapacity)
        {
            throw new UsageException($"--capacity {capacity}: give 1 to {MostCapacity}.");
        }

        string name = parsed.GetValue(_name) ?? $"{Environment.MachineName}-{device.Replace(':', '-')}";
        if (name.Length is 0 or > 64 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter)
            || letter is '-' or '.' or '_'))
        {
            throw new UsageException($"--name '{name}': give 1 to 64 letters, digits, hyphens, dots.");
        }

        return new TrainerNodeOptions
        {
            Broker = _broker.BrokerOf(parsed)!,
            Token = TrainerToken.Read(parsed.GetValue(_token)!),
            DaemonAuthority = parsed.GetValue(_daemonAuthority) is { } file ? new OwnAuthority(file) : null,
            Name = name,
            Device = device,
            Capacity = capacity,
            CacheFolder = parsed.GetValue(_cache)!,
            CacheBytes = Parse(Sizes, "--cache-size", parsed.GetValue(_cacheSize)!),
            Drain = Parse(Times, "--drain", parsed.GetValue(_drain)!),
        };
    }

    private static T Parse<T>(QuantityFormat<T> format, string option, string text)
        where T : notnull
    {
        Parsed<T> parsed = format.Parse(text);
        return parsed.IsGood
            ? parsed.Value!
            : throw new UsageException($"{option}: {parsed.Problem}; {parsed.Remedy}.");
    }
}
