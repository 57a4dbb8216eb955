using System.Security.Cryptography;
using DklActors.Host.Composition;
using DklActors.Host.Secrets;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Secrets;
using DklActors.Journal.Files;
using DklActors.Support.Trainers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DklActors.Trainers.Tests.Nodes;

/// <summary>A daemon's end of the line, its contents, and any number of nodes, with a token of their own.</summary>
internal sealed class TrainerWorld : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-trainers-");
    private readonly List<IAsyncDisposable> _nodes = [];
    private readonly string _url;

    private TrainerWorld(string url) => _url = url;

    public static string Software => ProvenanceReader.SoftwareVersion;

    public TrainerToken Token { get; private init; } = null!;

    public string DaemonName { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public ContentServer Contents { get; private init; } = null!;

    public TrainerNodes Daemon { get; private set; } = null!;

    public string Folder => _folder.FullName;

    public string TokenFile => Path.Combine(Folder, TrainerToken.FileName);

    /// <param name="url">The broker, for the daemon.</param>
    public static async Task<TrainerWorld> StartAsync(string url)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var shared = new TrainerToken(token);
        var world = new TrainerWorld(url) { Token = shared, Contents = await ContentServer.StartAsync(shared) };
        OwnerOnlyFile.Make(world.TokenFile, token);
        world.Daemon = world.NewDaemon(world.DaemonName);
        await world.UntilAsync(() => world.Daemon.Broker.IsConnected, "the daemon reaches the broker");
        return world;
    }

    /// <summary>Another daemon with the same token, or the same one started again.</summary>
    public TrainerNodes NewDaemon(string name) => new(
        new TrainerNodesOptions(BrokerAddress.Parse(_url, null, null), Token, name, Software),
        TimeProvider.System, NullLogger.Instance);

    /// <summary>A <c>dkl trainer</c> that has told the daemon of itself.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="url">The broker, where the node takes another way to it.</param>
    /// <param name="arguments">Further ones.</param>
    public async Task<NodeProcess> StartProcessAsync(string name, string? url = null, params string[] arguments)
    {
        NodeProcess node = StartSilently(name, url, arguments);
        await UntilThereAsync(name, () => node.Text);
        return node;
    }

    /// <summary>The same for one that may not come up.</summary>
    public NodeProcess StartSilently(string name, string? url = null, params string[] arguments)
    {
        var node = NodeProcess.Start(
            name,
            [
                "--broker", url ?? _url, "--token-file", TokenFile, "--cache", Path.Combine(Folder, "cache", name),
                .. arguments,
            ]);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A node in this process, whose engine the test holds in its hands.</summary>
    public async Task<TrainerNode> StartNodeAsync(
        string name,
        IEngineSource engines,
        int capacity = 1,
        string? url = null,
        string? software = null,
        IDurableFiles? files = null)
    {
        var node = new TrainerNode(
            new TrainerNodeOptions
            {
                Broker = BrokerAddress.Parse(url ?? _url, null, null),
                Token = Token,
                Name = name,
                Capacity = capacity,
                CacheFolder = Path.Combine(Folder, "cache", name),
                Drain = TimeSpan.FromSeconds(20),
            },
            new Guid(RandomNumberGenerator.GetBytes(16)), software ?? Software, engines,
            files ?? LocalFiles.Instance, TimeProvider.System, NullLogger.Instance);
        _nodes.Add(node);
        node.Start();
        await UntilThereAsync(name, static () => "");
        return node;
    }

    public Task UntilThereAsync(string name, Func<string>? explain = null) => UntilAsync(
        () => Daemon.Nodes.Any(node => node.Name == name && node.Standing == NodeStanding.There),
        $"the node {name} is there", explain);

    /// <summary>Waits until the daemon has heard that a node has a job.</summary>
    public Task UntilHeldAsync(string name, Guid job) => UntilAsync(
        () => Daemon.Nodes.Any(node => node.Name == name && node.Jobs.Any(held => held.JobId == job)),
        $"the node {name} has the job {job}");

    public async Task UntilAsync(Func<bool> holds, string what, Func<string>? explain = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Longest)
            {
                throw new TimeoutException(
                    $"Not within {Longest}: {what}. {Daemon.Broker} {string.Join(", ", Daemon.Nodes)} "
                    + explain?.Invoke());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Daemon.DisposeAsync();
        await Contents.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
