using DklActors.Host.Commands;
using DklActors.Host.Trainers.Broker;

namespace DklActors.Trainers.Tests.Link;

public sealed class BrokerAddressTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("amqp://127.0.0.1", "127.0.0.1", 5672, "/", false)]
    [InlineData("amqp://localhost:7000/dkl", "localhost", 7000, "dkl", false)]
    [InlineData("amqp://[::1]/a%2Fb", "::1", 5672, "a/b", false)]
    [InlineData("amqps://broker.lab/dkl", "broker.lab", 5671, "dkl", true)]
    public void An_address_says_where_and_how(string url, string host, int port, string vhost, bool isSecure)
    {
        var factory = BrokerAddress.Parse(url, null, null).CreateFactory("test");

        factory.HostName.Should().Be(host);
        factory.Port.Should().Be(port);
        factory.VirtualHost.Should().Be(vhost);
        factory.Ssl.Enabled.Should().Be(isSecure);
        factory.UserName.Should().Be("guest");
        factory.AutomaticRecoveryEnabled.Should().BeFalse();
        factory.RequestedHeartbeat.Should().Be(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("broker.lab", "names no broker")]
    [InlineData("http://127.0.0.1", "names no broker")]
    [InlineData("amqp://broker.lab", "in the clear")]
    [InlineData("amqp://192.168.1.2:5672", "in the clear")]
    [InlineData("amqp://anna:secret@127.0.0.1", "--broker-credentials")]
    public void What_cannot_be_used_or_is_not_safe_is_refused(string url, string reason)
    {
        Action parse = () => BrokerAddress.Parse(url, null, null);

        parse.Should().Throw<UsageException>().WithMessage($"*{reason}*").Which.Message.Should().NotContain("secret");
    }

    [Fact]
    public void Credentials_come_from_a_file_that_nobody_else_can_read()
    {
        File.WriteAllText(_file, "anna:se:cret\n");
        Action parse = () => BrokerAddress.Parse("amqp://127.0.0.1", _file, null);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            parse.Should().Throw<UsageException>().WithMessage("*chmod 600*");
            File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var address = BrokerAddress.Parse("amqp://127.0.0.1", _file, null);

        address.CreateFactory("test").UserName.Should().Be("anna");
        address.CreateFactory("test").Password.Should().Be("se:cret");
        address.ToString().Should().Be("amqp://127.0.0.1");
        foreach (string wrong in new[] { "", "anna", ":secret", "anna:", "a:b\nc:d" })
        {
            File.WriteAllText(_file, wrong);
            parse.Should().Throw<UsageException>().WithMessage("*user:password*");
        }
    }

    [Fact]
    public void An_authority_that_is_none_is_refused()
    {
        File.WriteAllText(_file, "no certificate");

        Action parse = () => BrokerAddress.Parse("amqps://broker.lab", null, _file);

        parse.Should().Throw<UsageException>().WithMessage("*no certificate*");
    }
}
