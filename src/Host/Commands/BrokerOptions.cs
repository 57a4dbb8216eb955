using System.CommandLine;
using DklActors.Host.Trainers.Broker;

namespace DklActors.Host.Commands;

/// <summary>How a command is told of the broker of the trainer nodes.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> _url;

    private readonly Option<string?> _credentials = new("--broker-credentials")
    {
        Description = "File with one line user:password for the broker, mode 600. Default: its guest.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _authority = new("--broker-ca")
    {
        Description = "Certificates of the authority that the broker's certificate is of. Default: the system's.",
        HelpName = "FILE",
    };

    /// <param name="isRequired">Whether the command is nothing without a broker.</param>
    public BrokerOptions(bool isRequired) => _url = new("--broker")
    {
        Description = "RabbitMQ broker of the trainer nodes: amqp://127.0.0.1:5672 on this machine, "
            + "amqps://HOST:5671/VHOST elsewhere.",
        HelpName = "URL",
        Required = isRequired,
    };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_credentials);
        command.Add(_authority);
    }

    /// <summary>Null where none was named.</summary>
    /// <exception cref="UsageException">It cannot be used, or would send the password in the clear.</exception>
    public BrokerAddress? BrokerOf(ParseResult parsed) => parsed.GetValue(_url) is { } url
        ? BrokerAddress.Parse(url, parsed.GetValue(_credentials), parsed.GetValue(_authority))
        : null;
}
