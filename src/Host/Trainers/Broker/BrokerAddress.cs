using System.Net;
using DklActors.Host.Commands;
using DklActors.Host.Secrets;
using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>Where the broker is, and who one is there.</summary>
internal sealed class BrokerAddress
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(10);

    private readonly Uri _uri;
    private readonly string _user;
    private readonly string _password;
    private readonly OwnAuthority? _authority;

    private BrokerAddress(Uri uri, string user, string password, OwnAuthority? authority)
    {
        _uri = uri;
        _user = user;
        _password = password;
        _authority = authority;
    }

    private bool IsSecure => _uri.Scheme == "amqps";

    /// <param name="url"><c>amqp://host:port/vhost</c> on this machine, <c>amqps://</c> elsewhere; no password.</param>
    /// <param name="credentialsFile">One line <c>user:password</c>, mode 600; null for the broker's guest.</param>
    /// <param name="authorityFile">Certificates of the authority that the broker's is of; null for the
    /// system's.</param>
    /// <exception cref="UsageException">It cannot be used, or would send the password in the clear.</exception>
    public static BrokerAddress Parse(string url, string? credentialsFile, string? authorityFile)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("amqp" or "amqps")
            || uri.Host.Length == 0)
        {
            throw new UsageException($"'{url}' names no broker; write such as amqps://broker.lab:5671/dkl.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new UsageException(
                "The broker's address holds a user or a password, which anybody who lists processes would see: give "
                + "them with --broker-credentials FILE.");
        }

        if (uri.Scheme == "amqp" && !IsThisMachine(uri))
        {
            throw new UsageException(
                $"{url} would send the broker's password over a network in the clear: use amqps, or tunnel to this "
                + "machine.");
        }

        (string user, string password) = credentialsFile is null ? ("guest", "guest") : CredentialsIn(credentialsFile);
        return new BrokerAddress(uri, user, password, authorityFile is null ? null : new OwnAuthority(authorityFile));
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{_uri.Scheme}://{_uri.Authority}{_uri.AbsolutePath.TrimEnd('/')}";

    /// <param name="name">What the broker's own tools call the connection.</param>
    public ConnectionFactory CreateFactory(string name)
    {
        string vhost = Uri.UnescapeDataString(_uri.AbsolutePath.Trim('/'));
        var factory = new ConnectionFactory
        {
            HostName = _uri.DnsSafeHost,
            Port = _uri.Port > 0 ? _uri.Port : IsSecure ? 5671 : 5672,
            VirtualHost = vhost.Length == 0 ? "/" : vhost,
            UserName = _user,
            Password = _password,
            ClientProvidedName = name,
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = Connecting,
            HandshakeContinuationTimeout = Answering,
            ContinuationTimeout = Answering,
            // The link reconnects by itself, and declares everything anew.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (IsSecure)
        {
            factory.Ssl = new SslOption(_uri.DnsSafeHost, enabled: true);
            if (_authority is not null)
            {
                factory.Ssl.CertificateValidationCallback = _authority.Trusts;
            }
        }

        return factory;
    }

    private static (string User, string Password) CredentialsIn(string path)
    {
        string text = OwnerOnlyFile.Read(path, "the broker's credentials, one line user:password");
        int colon = text.IndexOf(':');
        return colon > 0 && colon < text.Length - 1 && !text.Contains('\n')
            ? (text[..colon], text[(colon + 1)..])
            : throw new UsageException($"{path} holds no credentials: write one line user:password.");
    }

    private static bool IsThisMachine(Uri uri) => uri.Host == "localhost"
        || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
