using System.Net.Http.Headers;
using DklActors.Daemon.Tests.Daemons;
using DklActors.Host.Commands;
using DklActors.Host.Serving;
using DklActors.Host.Serving.Access;

namespace DklActors.Daemon.Tests.Access;

/// <summary>Who may ask what.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_token_only_health_and_the_page_are_told()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient nobody = new(daemon.Address, null, "client-nobody", "Nobody");
        using ApiClient wrong = new(daemon.Address, new string('0', 64), "client-wrong", "Wrong");

        (await nobody.GetAsync("/health/live")).Status.Should().Be(200);
        (await nobody.GetAsync("/health/ready")).Status.Should().Be(200);
        foreach (string path in new[] { "/api/v1/session", "/api/v1/experiments", "/metrics", "/api/v1/openapi.json" })
        {
            Answer answer = await nobody.GetAsync(path);
            answer.Status.Should().Be(401, path);
            answer.MediaType.Should().Be("application/problem+json");
            (await wrong.GetAsync(path)).Status.Should().Be(401, path);
        }
    }

    [Fact]
    public async Task A_token_in_an_address_counts_for_the_hub_alone()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using var http = new HttpClient { BaseAddress = daemon.Address };

        using HttpResponseMessage api = await http.GetAsync($"/api/v1/session?access_token={daemon.ObserverToken}");
        using HttpResponseMessage hub = await http.PostAsync(
            $"/api/v1/live/negotiate?negotiateVersion=1&access_token={daemon.ObserverToken}", null);

        ((int)api.StatusCode).Should().Be(401);
        ((int)hub.StatusCode).Should().Be(200);
    }

    [Fact]
    public async Task An_observer_looks_on_and_commands_nothing()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient observer = daemon.Client("Otto", daemon.ObserverToken);

        (await observer.GetAsync("session")).Json.GetProperty("role").GetString().Should().Be("observer");
        (await observer.GetAsync("experiments")).Status.Should().Be(200);
        (await observer.PostAsync("recipes/check", new { recipe = Recipes.Text })).Status.Should().Be(200);
        foreach ((HttpMethod method, string path, object? body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Post, "seat", new { takeOver = true }),
                (HttpMethod.Post, "experiments", new { recipe = Recipes.Text }),
                (HttpMethod.Post, "experiments/x/pause", new { }),
                (HttpMethod.Post, "experiments/x/abort", new { }),
                (HttpMethod.Put, "experiments/x/scalarizer", new { keys = new { kind = "band-sum" } }),
                (HttpMethod.Delete, "experiments/x", null),
            })
        {
            Answer answer = await observer.SendAsync(method, path, body);
            answer.Status.Should().Be(403, path);
            answer.MediaType.Should().Be("application/problem+json");
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_is_turned_away()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient client = daemon.Client();
        client.Http.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");

        (await client.GetAsync("session")).Status.Should().Be(403);
    }

    [Fact]
    public async Task Every_answer_forbids_what_no_page_of_the_daemon_needs()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient client = daemon.Client();

        Answer answer = await client.GetAsync("session");

        answer.Headers["Content-Security-Policy"].Should().Contain("default-src 'self'").And.NotContain("unsafe");
        answer.Headers["X-Content-Type-Options"].Should().Be("nosniff");
        answer.Headers["X-Frame-Options"].Should().Be("DENY");
    }

    [Fact]
    public void Tokens_are_made_once_and_for_their_owner_alone()
    {
        string path = Path.Combine(_folder.Root, "tokens.json");

        AccessTokens made = AccessTokens.ReadOrMake(path);
        AccessTokens read = AccessTokens.ReadOrMake(path);

        read.Controller.Should().Be(made.Controller).And.HaveLength(64);
        read.RoleOf(made.Observer).Should().Be(Role.Observer);
        read.RoleOf(made.Controller).Should().Be(Role.Controller);
        read.RoleOf(made.Controller[1..]).Should().BeNull();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            FluentActions.Invoking(() => AccessTokens.ReadOrMake(path))
                .Should().Throw<UsageException>().WithMessage("*chmod 600*");
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "in the clear")]
    [InlineData("http://192.168.1.7:5080", "in the clear")]
    [InlineData("http://lab.example:5080", "in the clear")]
    [InlineData("https://0.0.0.0:5080", "--certificate")]
    [InlineData("ftp://127.0.0.1", "expected an address")]
    [InlineData("", "empty")]
    public void Off_this_machine_it_listens_with_a_certificate_alone(string urls, string problem)
    {
        var request = new ServeRequest(_folder.Root, urls, null, null, Actors.Running.RunLogLevel.Warning);

        FluentActions.Invoking(() => ListenRules.Check(request))
            .Should().Throw<UsageException>().WithMessage($"*{problem}*");
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080;http://127.0.0.1:5081")]
    public void On_this_machine_it_listens_as_it_is_asked(string urls) => ListenRules.Check(
        new ServeRequest(_folder.Root, urls, null, null, Actors.Running.RunLogLevel.Warning));
}
