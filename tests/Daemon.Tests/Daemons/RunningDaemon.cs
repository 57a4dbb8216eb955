using System.Text.Json;
using DklActors.Actors.Running;
using DklActors.Host.Serving;
using DklActors.Host.Trainers.Contents;
using Microsoft.Extensions.DependencyInjection;

namespace DklActors.Daemon.Tests.Daemons;

/// <summary>A daemon in this process, at a port that is free.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    private readonly Host.Serving.Daemon _daemon;

    private RunningDaemon(Host.Serving.Daemon daemon) => _daemon = daemon;

    public Uri Address => _daemon.Address;

    public string ObserverToken => _daemon.Tokens.Observer;

    public string ControllerToken => _daemon.Tokens.Controller;

    /// <summary>What it lends to trainer nodes.</summary>
    public ContentShelf Shelf => _daemon.Services.GetRequiredService<ContentShelf>();

    public static async Task<RunningDaemon> StartAsync(DaemonFolder folder)
    {
        var daemon = Host.Serving.Daemon.Open(
            new ServeRequest(folder.Root, "http://127.0.0.1:0", null, null, RunLogLevel.Warning), TimeProvider.System);
        try
        {
            await daemon.StartAsync();
            return new RunningDaemon(daemon);
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody at the daemon.</summary>
    /// <param name="name">Who; each a client of their own.</param>
    /// <param name="token">Null for the controller's.</param>
    public ApiClient Client(string name = "Anna", string? token = null) =>
        new(
            Address, token ?? ControllerToken,
            $"client-{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name))}", name);

    /// <summary>Somebody who has the seat.</summary>
    public async Task<ApiClient> SeatedAsync(string name = "Anna")
    {
        ApiClient client = Client(name);
        (await client.PostAsync("seat", new { takeOver = true })).Status.Should().Be(200);
        return client;
    }

    /// <summary>Shuts down as Ctrl+C does.</summary>
    public ValueTask DisposeAsync() => _daemon.DisposeAsync();
}
