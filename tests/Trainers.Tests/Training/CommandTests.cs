using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Training;

/// <summary><c>dkl trainer</c> as somebody types it.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _token = Path.GetTempFileName();

    public CommandTests() => File.WriteAllText(_token, "a-trainer-token-of-its-own");

    public void Dispose()
    {
        File.Delete(_token);
        if (Directory.Exists(Cache))
        {
            Directory.Delete(Cache, recursive: true);
        }
    }

    private string Cache => _token + ".cache";

    [Theory]
    [InlineData("--device cuda:0", "--device cuda:0: ")]
    [InlineData("--capacity 0", "--capacity 0: give 1 to 64")]
    [InlineData("--cache-size 2", "--cache-size: '2' has no unit")]
    [InlineData("--drain soon", "--drain: 'soon' is not a time")]
    [InlineData("--broker amqp://far.away", "in the clear")]
    [InlineData("--broker nowhere", "names no broker")]
    [InlineData("--token-file none", "the trainer token")]
    public async Task What_cannot_be_is_said_in_one_line(string arguments, string message)
    {
        string[] given = ["--broker", "amqp://127.0.0.1:1", "--token-file", _token, "--cache", Cache];
        string[] more = arguments.Split(' ');
        int place = Array.IndexOf(given, more[0]);
        if (place >= 0)
        {
            given[place + 1] = more[1];
            more = [];
        }

        await using NodeProcess node = NodeProcess.Start("name", [.. given, .. more]);
        await node.EndAsync(TimeSpan.FromMinutes(1));

        node.ExitCode.Should().Be(2, node.Text);
        node.Text.Should().Contain(message);
        node.Text.Trim().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_broker_it_waits_for_one_says_so_and_ends_when_it_is_told()
    {
        await using NodeProcess node = NodeProcess.Start(
            "patient", "--broker", "amqp://127.0.0.1:1", "--token-file", _token, "--cache", Cache);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!node.Text.Contains("No link to the broker amqp://127.0.0.1:1", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }

        await node.SignalAsync("TERM");
        await node.EndAsync(TimeSpan.FromMinutes(1));

        node.ExitCode.Should().Be(0, node.Text);
    }
}
