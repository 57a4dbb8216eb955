using System.Collections.Immutable;
using System.Security.Cryptography;
using DklActors.Host.Composition;
using DklActors.Host.Secrets;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Secrets;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Codecs;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Support.Trainers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DklActors.Trainers;

/// <summary>A daemon's end of the line with contents, and jobs on one image.</summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-load-");
    private readonly TrainerToken _token;

    private LoadWorld(TrainerToken token, ContentServer contents, StructuralImage image)
    {
        _token = token;
        Contents = contents;
        Image = image;
        ImageHash = contents.Add(ImageCodec.Write(image));
    }

    public ContentServer Contents { get; }

    public StructuralImage Image { get; }

    public string ImageHash { get; }

    public string Folder => _folder.FullName;

    public string TokenFile => Path.Combine(Folder, TrainerToken.FileName);

    public TrainerNodes Daemon { get; private set; } = null!;

    public static async Task<LoadWorld> StartAsync(string broker, int imageSize, TimeProvider time)
    {
        string text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var token = new TrainerToken(text);
        var world = new LoadWorld(token, await ContentServer.StartAsync(token), ImageOf(imageSize));
        OwnerOnlyFile.Make(world.TokenFile, text);
        world.Daemon = new TrainerNodes(
            new TrainerNodesOptions(
                BrokerAddress.Parse(broker, null, null), token,
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), ProvenanceReader.SoftwareVersion),
            time, NullLogger.Instance);
        return world;
    }

    /// <summary>Waits until so many nodes are there.</summary>
    public async Task WaitForAsync(int nodes, TimeProvider time, CancellationToken cancellation)
    {
        while (Daemon.Nodes.Count(static node => node.Standing == NodeStanding.There) < nodes)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }

    public TrainingJob JobOf(string experiment, int version, int patch, LearnerSpec learner, WarmStart? warm, int count)
    {
        int candidates = (Image.Shape.Rows - patch + 1) * (Image.Shape.Columns - patch + 1);
        ImmutableArray<Observation> observations =
        [
            .. Enumerable.Range(0, count).Select(i => (int)((long)i * 7919 % candidates)).Select(static candidate =>
                new Observation(candidate, Math.Sin(candidate / 311.0) + (0.1 * (candidate % 7)), 0.05)),
        ];
        return new TrainingJob
        {
            JobId = new Guid(RandomNumberGenerator.GetBytes(16)),
            Experiment = experiment,
            Version = version,
            Seed = 7,
            Learner = learner,
            Image = ImageHash,
            Patch = patch,
            Observations = observations,
            WarmStart = warm,
            Contents = Contents.Address,
            DeadlineSeconds = 120,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await Contents.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static StructuralImage ImageOf(int size)
    {
        float[] values = new float[size * size];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, size);
            values[i] = (float)((Math.Sin(row / 2.0) * Math.Cos(column / 3.0)) + (0.01 * (i * 7919L % 101)));
        }

        return new StructuralImage("HAADF", new GridShape(size, size), new Nanometre(0.1), values);
    }
}
