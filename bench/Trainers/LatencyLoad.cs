using System.Diagnostics;
using DklActors.Host.Composition;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Trainers;

/// <summary>
/// A real <c>dkl trainer</c> on loopback, 10,000 candidates, 100 observations, each training started from the last:
/// what a training takes longer than in the node's engine.
/// </summary>
internal sealed class LatencyLoad(string broker, int jobs, TimeProvider time)
{
    private const int Patch = 5;
    private const int ImageSize = 100 + Patch - 1;
    private const int Observations = 100;
    private const double GoalInMilliseconds = 30;

    // The first ones compile, fetch the image and compute features.
    private const int Unmeasured = 5;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using LoadWorld world = await LoadWorld.StartAsync(broker, ImageSize, time);
        using Process node = Process.Start(
            Path.Combine(AppContext.BaseDirectory, "dkl"),
            [
                "trainer", "--broker", broker, "--token-file", world.TokenFile, "--name", "loopback", "--cache",
                Path.Combine(world.Folder, "cache"), "--log-level", "error",
            ]);
        try
        {
            await world.WaitForAsync(1, time, cancellation);
            foreach (string model in new[] { "dkl", "default" })
            {
                await MeasureAsync(world, model, cancellation);
            }
        }
        finally
        {
            node.Kill();
        }

        return 0;
    }

    private async Task MeasureAsync(LoadWorld world, string model, CancellationToken cancellation)
    {
        var learner = new LearnerSpec(model, 200, "managed");
        IDklEngine engine = ExperimentBuilder.LearnerOf(model, 200).CreateEngine(
            CandidateSet.Create(world.Image, new PatchWindow(Patch)));
        WarmStart? warm = null;
        List<double> added = [], training = [], restoring = [];
        long bytes = 0;
        for (int version = 1; version <= jobs + Unmeasured; version++)
        {
            TrainingJob job = world.JobOf($"latency-{model}", version, Patch, learner, warm, Observations);
            long started = time.GetTimestamp();
            TrainingResult result =
                await world.Daemon.TrainAsync(job, TimeSpan.FromSeconds(30), cancellation);
            double took = time.GetElapsedTime(started).TotalMilliseconds;
            StoredState state = result.State ?? throw new InvalidOperationException(result.Reason);
            warm = new WarmStart(state.Engine, version, state.Hash);
            started = time.GetTimestamp();
            engine.Restore(new ModelState(state.Engine, version, world.Contents.Contents[state.Hash]));
            if (version > Unmeasured)
            {
                added.Add(took - result.Took.TotalMilliseconds);
                training.Add(result.Took.TotalMilliseconds);
                restoring.Add(time.GetElapsedTime(started).TotalMilliseconds);
                bytes = state.Bytes;
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{model}: N = {Observations}, M = 10000, state of {bytes / 1024.0:F0} KiB, {jobs} jobs"));
        Line("job to accepted result, beyond training", added, GoalInMilliseconds);
        Line("training in the node's engine", training, null);
        Line("the daemon's snapshot from the state", restoring, null);
    }

    private static void Line(string what, List<double> milliseconds, double? goal)
    {
        milliseconds.Sort();
        double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
        string verdict = goal is null ? "" : $"   goal {goal} ms {(At(0.5) <= goal ? "met" : "MISSED")}";
        Console.WriteLine(FormattableString.Invariant(
            $"  {what,-42} p50 {At(0.5),7:F1}   p90 {At(0.9),7:F1}   most {At(1),7:F1} ms{verdict}"));
    }
}
