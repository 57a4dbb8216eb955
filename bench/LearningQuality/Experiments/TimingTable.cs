using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Scalars;

namespace DklActors.LearningQuality.Experiments;

/// <summary>What each step of a decision costs on this machine: the median of a few repetitions.</summary>
internal static class TimingTable
{
    private const int Repetitions = 7;

    public static void Print(KnownScalars data, LearnerOptions learner, int count, TextWriter output)
    {
        Observation[] all =
        [
            .. SeedDesign.Random(data.Candidates, count + 1, 1)
                .Select(i => new Observation(i, data.Measured[i], data.StandardErrors[i])),
        ];
        Observation[] observations = all[..count];
        IDklEngine engine = learner.CreateEngine(data.Candidates);
        TrainedModel trained = engine.Train(new(1, [.. observations], null, 1), CancellationToken.None);
        var posterior = Posterior.Condition(trained.Model, observations);
        double[] scores = new double[data.Candidates.Count];
        var input = new AcquisitionInput(posterior, observations.Max(o => o.Value), Goal.Maximise, 1);
        output.WriteLine($"{engine.Identity}, {data.Candidates.Count} candidates, {count} observations");
        Report("engine and features", () => _ = learner.CreateEngine(data.Candidates));
        Report("cold training", () => engine.Train(new(1, [.. observations], null, 1), CancellationToken.None));
        Report("warm refit", () => engine.Train(new(2, [.. all], trained.State, 1), CancellationToken.None));
        Report("restore (embedding)", () => engine.Restore(trained.State));
        Report("condition on all", () => Posterior.Condition(trained.Model, observations));
        Report("one more observation", () => posterior.With(all[count]));
        Report("fantasy", () => posterior.Believe(all[count].Candidate));
        foreach (string name in AcquisitionCatalog.Names)
        {
            IAcquisitionFunction function = AcquisitionCatalog.Create(name);
            Report(name, () => function.Score(input, scores));
        }

        void Report(string name, Action action) =>
            output.WriteLine(FormattableString.Invariant($"{name,-24} {Median(action),9:F2} ms"));
    }

    private static double Median(Action action)
    {
        action();
        double[] milliseconds = new double[Repetitions];
        for (int i = 0; i < milliseconds.Length; i++)
        {
            long start = TimeProvider.System.GetTimestamp();
            action();
            milliseconds[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds[Repetitions / 2];
    }
}
