using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Measuring;
using DklActors.Messages.Models;
using DklActors.Speed.Training;
using DklActors.Torch.Engines;

namespace DklActors.TorchSpeed;

/// <summary>One line a size: milliseconds of each, and their ratio to the managed engine's, all in one run.</summary>
internal sealed class SpeedTable(string[] devices, Peer? peer, int threads, int rounds)
{
    /// <summary>One iteration of training: forward, likelihood, backward, Adam.</summary>
    public void Training(int patch, int observations)
    {
        int epochs = observations < 500 ? 20 : observations < 2000 ? 5 : 1;

        // As few candidates as will do: a training embeds all of them when it ends.
        int edge = (int)Math.Ceiling(Math.Sqrt(observations)) + patch;
        CandidateSet candidates = Scene.Candidates(edge, edge, patch);
        var request = new TrainingRequest(1, [.. Scene.Observations(candidates, observations)], null, 1);
        List<(string, double)> times =
        [
            ("managed", Iteration(options => new ManagedDklEngine(candidates, options), request, epochs)),
        ];
        foreach (string device in devices)
        {
            times.Add((
                device, Iteration(options => new TorchDklEngine(candidates, options, device), request, epochs)));
        }

        if (peer is not null)
        {
            times.Add(("PyTorch", peer.Iteration(patch, observations, epochs, rounds)));
            if (peer.GPyTorchIteration(patch, observations, epochs, rounds) is { } milliseconds)
            {
                times.Add(("GPyTorch", milliseconds));
            }
        }

        Line($"iteration, {patch} px, N = {observations}", times);
    }

    /// <summary>Patches of all candidates, cut and sent through the network.</summary>
    public void Embedding(int patch, int count)
    {
        int edge = (int)Math.Round(Math.Sqrt(count)) + patch - 1;
        CandidateSet candidates = Scene.Candidates(edge, edge, patch);
        DklOptions options = Options(1);
        var managed = new ManagedDklEngine(candidates, options);
        ModelState state = managed.Train(
            new TrainingRequest(1, [.. Scene.Observations(candidates, 20)], null, 1), CancellationToken.None).State;
        List<(string, double)> times = [("managed", Median(() => managed.Restore(state)))];
        foreach (string device in devices)
        {
            var engine = new TorchDklEngine(candidates, options, device);
            times.Add((device, Median(() => engine.Restore(state))));
        }

        if (peer is not null)
        {
            times.Add(("PyTorch", peer.Embedding(patch, edge, rounds)));
        }

        Line($"embedding, {patch} px, M = {candidates.Count}", times);
    }

    private static void Line(string name, List<(string Who, double Milliseconds)> times)
    {
        double managed = times[0].Milliseconds;
        Console.WriteLine(string.Join("  ", times
            .Select(time => FormattableString.Invariant(
                $"{time.Who} {time.Milliseconds,9:F2} ms ({time.Milliseconds / managed:F2})"))
            .Prepend($"{name,-30}")));
    }

    // What an iteration more costs: a training prepares itself before, and embeds all candidates when it ends.
    private double Iteration(Func<DklOptions, IDklEngine> create, TrainingRequest request, int epochs)
    {
        IDklEngine few = create(Options(epochs)), many = create(Options(3 * epochs));
        double[] medians =
        [
            .. Contest.Run(
                rounds,
                () => few.Train(request, CancellationToken.None),
                () => many.Train(request, CancellationToken.None)).Select(timing => timing.Median),
        ];
        return (medians[1] - medians[0]) / (2 * epochs);
    }

    private double Median(Action action) => Contest.Run(rounds, action)[0].Median;

    private DklOptions Options(int epochs)
    {
        DklOptions options = DklOptions.Preset("atomai");

        // As many as were asked for, and still counted.
        return options with
        {
            Threads = threads,
            Optimiser = options.Optimiser with { MaxEpochs = epochs, PatienceInEpochs = int.MaxValue },
        };
    }
}
