using System.Collections.Immutable;
using System.Security.Cryptography;
using DklActors.Host.Composition;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Codecs;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Trainers.Tests.Nodes;

/// <summary>Jobs on a small image that is always the same.</summary>
internal static class Jobs
{
    public const int Patch = 5;

    public static StructuralImage Image { get; } = MakeImage(24);

    public static CandidateSet Candidates { get; } = CandidateSet.Create(Image, new PatchWindow(Patch));

    /// <summary>A job whose contents the world's server has.</summary>
    public static TrainingJob Of(
        TrainerWorld world,
        string experiment = "run-1",
        int version = 1,
        int observations = 12,
        string model = "dkl",
        int epochs = 20,
        string engine = "managed") => new()
        {
            JobId = new Guid(RandomNumberGenerator.GetBytes(16)),
            Experiment = experiment,
            Version = version,
            Seed = 0xFEDC_BA98_7654_3210,
            Learner = new LearnerSpec(model, epochs, engine),
            Image = world.Contents.Add(ImageCodec.Write(Image)),
            Patch = Patch,
            Observations = Observed(observations),
            Contents = world.Contents.Address,
            DeadlineSeconds = 120,
        };

    /// <summary>Long enough that something can be done to the node that has it; it ends with its deadline.</summary>
    public static TrainingJob Long(TrainerWorld world, string experiment = "run-1") =>
        Of(world, experiment, observations: 350, model: "atomai", epochs: 200);

    public static ImmutableArray<Observation> Observed(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => i * 37 % Candidates.Count).Select(candidate =>
            new Observation(candidate, Math.Sin(candidate / 31.0) + (0.1 * (candidate % 7)), 0.05)),
    ];

    /// <summary>What the local engine makes of a job.</summary>
    public static TrainedModel TrainHere(TrainingJob job, ModelState? warmStart = null) =>
        ExperimentBuilder.LearnerOf(job.Learner.Model, job.Learner.Epochs).CreateEngine(Candidates).Train(
            new TrainingRequest(job.Version, job.Observations, warmStart, job.Seed), CancellationToken.None);

    private static StructuralImage MakeImage(int size)
    {
        float[] values = new float[size * size];
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, size);
            values[i] = (float)((Math.Sin(row / 2.0) * Math.Cos(column / 3.0)) + (0.01 * ((i * 7919) % 101)));
        }

        return new StructuralImage("HAADF", new GridShape(size, size), new Nanometre(0.1), values);
    }
}
