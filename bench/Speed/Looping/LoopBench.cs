using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.Measuring;

namespace DklActors.Speed.Looping;

/// <summary>
/// The whole loop: 10 seed points, then a refit and a prediction of all candidates after each of 100 measurements.
/// The map's quality stands beside the time, so that none is bought with the other.
/// </summary>
internal static class LoopBench
{
    private const int Steps = 100;

    // Of a refit of a warm network: a quarter of those from scratch. The quality of both is printed.
    private const int WarmEpochs = 50;

    // AtomAI's dklGPR as shipped, the same loop with 200 epochs from scratch at every step, on a like machine.
    private const double PeerSeconds = 1355.0;

    private static readonly ulong[] Seeds = [1, 2, 3];

    public static void Run(Report report, string? folder)
    {
        report.Heading($"Whole loop, 10 seed points and {Steps} steps, 7,225 candidates, expected improvement");
        report.Note(folder is null
            ? "Simulated particles; --data FOLDER runs it on a folder of recorded arrays."
            : $"Recorded arrays of {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}.");
        KnownScalars data = folder is null ? LoopScene.Simulated() : LoopScene.Recorded(folder);
        var learner = LearnerPresets.Create(LearnerPresets.Default);
        var published = LearnerPresets.Create("atomai");
        LearnerOptions warm = published.Change(options => options with
        {
            Optimiser = options.Optimiser with { MaxWarmEpochs = WarmEpochs },
        });
        new WholeLoop(data, learner, cold: false).Run(Seeds[0], steps: 3);
        Print(report, "default (ensemble)", Median(data, learner, cold: false), limitInSeconds: 10.0);
        Print(report, "one model", Median(data, LearnerPresets.Create("dkl"), cold: false), limitInSeconds: 10.0);
        Print(report, "atomai, warm starts", Median(data, warm, cold: false), limitInSeconds: 45.0);
        Print(report, "atomai, from scratch", new WholeLoop(data, published, cold: true).Run(Seeds[0], Steps), null);
    }

    private static void Print(Report report, string name, LoopRun run, double? limitInSeconds)
    {
        report.Duration(name, run.Computing, limitInSeconds, PeerSeconds);
        double refits = run.Refits;
        report.Note(
            FormattableString.Invariant($"  a step: training {run.Training.TotalMilliseconds / refits:F1} ms ") +
            FormattableString.Invariant($"of {run.Epochs / refits:F0} epochs, ") +
            FormattableString.Invariant($"conditioning {run.Conditioning.TotalMilliseconds / refits:F1} ms, ") +
            FormattableString.Invariant($"choosing {run.Choosing.TotalMilliseconds / refits:F1} ms; ") +
            FormattableString.Invariant($"features once {run.Features.TotalMilliseconds:F0} ms"));
        report.Note(FormattableString.Invariant(
            $"  at its end: RMSE {run.Score.Rmse:F3}, NLPD {run.Score.Nlpd:F2}, R² {run.Score.RSquared:F2}, ") +
            FormattableString.Invariant($"best found {run.BestFound:F2}"));
    }

    // The seed whose time is the median.
    private static LoopRun Median(KnownScalars data, LearnerOptions learner, bool cold)
    {
        LoopRun[] runs =
        [
            .. Seeds.Select(seed => new WholeLoop(data, learner, cold).Run(seed, Steps))
                .OrderBy(run => run.Computing),
        ];
        return runs[runs.Length / 2];
    }
}
