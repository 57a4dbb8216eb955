using System.Collections.Concurrent;
using System.Diagnostics;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Trainers;

/// <summary>
/// Experiments that train as often as they may on nodes that are killed one after the other: whether all finish, what
/// is trained twice, and how evenly they wait. Ends with 1 if an experiment did not finish.
/// </summary>
internal sealed class ScaleLoad(ScalePlan plan, TimeProvider time)
{
    private const int Patch = 5;
    private const int ImageSize = 24;
    private const int Observations = 6;
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Process> _nodes = [];
    private readonly ConcurrentQueue<(int Experiment, double Waited)> _waits = [];
    private int _kills;
    private int _failures;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using LoadWorld world = await LoadWorld.StartAsync(plan.Broker, ImageSize, time);
        foreach (int number in Enumerable.Range(1, plan.Nodes))
        {
            StartNode(world, $"node-{number}");
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await world.WaitForAsync(plan.Nodes, time, cancellation);
            long started = time.GetTimestamp();
            Task killing = KillAsync(world, ended.Token);
            bool[] finished = await Task.WhenAll(
                Enumerable.Range(0, plan.Experiments).Select(i => RunAsync(world, i, cancellation)));
            TimeSpan took = time.GetElapsedTime(started);
            await ended.CancelAsync();
            await killing;
            Tell(world, finished.Count(static done => done), took);
            return finished.All(static done => done) ? 0 : 1;
        }
        finally
        {
            foreach (Process node in _nodes.Values)
            {
                node.Kill();
                node.Dispose();
            }
        }
    }

    private async Task<bool> RunAsync(LoadWorld world, int experiment, CancellationToken cancellation)
    {
        var learner = new LearnerSpec("position", 20, "managed");
        for (int version = 1; version <= plan.Rounds; version++)
        {
            long started = time.GetTimestamp();
            try
            {
                TrainingResult result = await world.Daemon.TrainAsync(
                    world.JobOf($"run-{experiment:D4}", version, Patch, learner, null, Observations), Patience,
                    cancellation);
                if (result.Outcome != JobOutcome.Trained)
                {
                    throw new TrainersUnavailableException(result.Reason ?? "no reason");
                }
            }
            catch (TrainersUnavailableException exception)
            {
                Interlocked.Increment(ref _failures);
                Console.WriteLine($"run-{experiment:D4}, model {version}: {exception.Message}");
                return false;
            }

            _waits.Enqueue((experiment, (time.GetElapsedTime(started) - plan.Training).TotalSeconds));
        }

        return true;
    }

    private async Task KillAsync(LoadWorld world, CancellationToken cancellation)
    {
        for (int turn = 0; !cancellation.IsCancellationRequested; turn++)
        {
            await Task.Delay(plan.Kill, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            string name = $"node-{(turn % plan.Nodes) + 1}";
            if (_nodes.TryRemove(name, out Process? node))
            {
                node.Kill();
                await node.WaitForExitAsync(CancellationToken.None);
                node.Dispose();
                _kills++;
            }

            // As a supervisor would.
            await Task.Delay(Restart, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            StartNode(world, name);
        }
    }

    private void StartNode(LoadWorld world, string name)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "DklActors.Trainers"),
            [
                "node", "--broker", plan.Broker, "--name", name, "--token-file", world.TokenFile, "--cache",
                Path.Combine(world.Folder, name), "--training", FormattableString.Invariant(
                    $"{plan.Training.TotalSeconds}"),
            ]);
        _nodes[name] = Process.Start(start)!;
    }

    private void Tell(LoadWorld world, int finished, TimeSpan took)
    {
        (int Experiment, double Waited)[] waits = [.. _waits];
        double[] all = [.. waits.Select(static wait => wait.Waited).Order()];
        double[] means =
        [
            .. waits.GroupBy(static wait => wait.Experiment)
                .Select(static group => group.Average(static wait => wait.Waited)).Order(),
        ];
        double fairness = Math.Pow(means.Sum(), 2) / (means.Length * means.Sum(static mean => mean * mean));
        double busy = waits.Length * plan.Training.TotalSeconds / (plan.Nodes * took.TotalSeconds);
        BrokerView broker = world.Daemon.Broker;
        Console.WriteLine(FormattableString.Invariant(
            $"{plan.Experiments} experiments of {plan.Rounds} trainings of {plan.Training.TotalSeconds} s, ")
            + FormattableString.Invariant($"{plan.Nodes} nodes, {took.TotalSeconds:F0} s, {_kills} kills"));
        Line("experiments that finished", $"{finished}");
        Line("trainings asked for, and had", $"{plan.Experiments * plan.Rounds}, {waits.Length}");
        Line("jobs published", $"{broker.Published}");
        Line("failures", $"{_failures}");
        Line("share of the nodes' time spent in training", FormattableString.Invariant($"{100 * busy:F1} %"));
        Line("waiting beyond the training", FormattableString.Invariant(
            $"p10 {At(all, 0.1):F2}   p50 {At(all, 0.5):F2}   p90 {At(all, 0.9):F2}   most {all[^1]:F2} s"));
        Line("mean waiting of an experiment", FormattableString.Invariant(
            $"least {means[0]:F2}   most {means[^1]:F2} s   Jain's fairness {fairness:F4}"));
        foreach ((string reason, long count) in broker.Ignored)
        {
            Line($"ignored: {reason}", $"{count}");
        }
    }

    private static void Line(string what, string value) => Console.WriteLine($"  {what,-44} {value}");

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
