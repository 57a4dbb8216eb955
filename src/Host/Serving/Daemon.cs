using DklActors.Host.Commands;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving;

/// <summary>
/// <c>dkl serve</c>: from the folder to the last journal closed. Shuts down in this order: nothing new is begun; each
/// run ends at its next point, its beam blanked and verified; its training is cancelled, its state kept, its journal
/// closed; then those who look on are sent away.
/// </summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly WebApplication _app;
    private readonly ILogger _log;

    private Daemon(DataFolder data, WebApplication app)
    {
        _data = data;
        _app = app;
        _log = app.Services.GetRequiredService<ILogger<Daemon>>();
        Experiments = app.Services.GetRequiredService<ExperimentRegistry>();
        Tokens = app.Services.GetRequiredService<AccessTokens>();
    }

    public ExperimentRegistry Experiments { get; }

    public AccessTokens Tokens { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, once it was started.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Runs until somebody asks it to stop.</summary>
    public static async Task<ExitCode> RunAsync(ServeRequest request, TimeProvider time)
    {
        await using Daemon daemon = Open(request, time);
        await daemon.StartAsync().ConfigureAwait(false);
        await Console.Out.WriteLineAsync(daemon.Welcome()).ConfigureAwait(false);
        return await daemon.WaitAsync().ConfigureAwait(false);
    }

    /// <summary>Composes it; nothing listens and nothing runs yet.</summary>
    /// <exception cref="UsageException">The folder is in use, or what was asked is not safe.</exception>
    public static Daemon Open(ServeRequest request, TimeProvider time)
    {
        ListenRules.Check(request);
        var data = DataFolder.Open(request.Data);
        try
        {
            return new Daemon(data, DaemonComposition.Build(request, data, time));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async Task StartAsync()
    {
        try
        {
            await _app.StartAsync().ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new UsageException(
                $"{exception.Message} Choose another address with --urls, or end what listens there.");
        }

        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Address = new Uri(address.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1"));
        Services.GetRequiredService<TrainerDesk>().Contents ??= Address;
        AddressFile.Write(_data.Address, Address);
        Experiments.Load();
        _log.LogInformation("Listening at {Address}; everything is kept in {Folder}", address, _data.Root);
    }

    public async Task<ExitCode> WaitAsync()
    {
        await _app.WaitForShutdownAsync().ConfigureAwait(false);
        // The host of .NET 10 ends a process whose background service failed as if all were well.
        Exception? fault = Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(static service => service.ExecuteTask?.Exception).FirstOrDefault(static cause => cause is not null);
        if (fault is null)
        {
            return ExitCode.Done;
        }

        _log.LogCritical(fault, "The daemon ends because a part of it failed");
        return ExitCode.RunFailed;
    }

    /// <summary>Begins the shutdown.</summary>
    public void RequestStop() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        AddressFile.Remove(_data.Address);
        _data.Dispose();
    }

    private string Welcome()
    {
        string page = Services.GetRequiredService<PageFiles>().IsThere
            ? $"Dashboard  {Address}#token={Tokens.Controller}"
            : "Dashboard  not in this build: build it with 'npm ci && npm run build' in src/Dashboard";
        return $"""
            {page}
            To look on {Address}#token={Tokens.Observer}
            Folder     {_data.Root}
            Ctrl+C ends each run at its next point, with the beam blanked; they go on at the next start.
            """;
    }
}
