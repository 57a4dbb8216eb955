using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ladder;

/// <summary>
/// An experiment one step after the other on scalars that are wholly known: seed points, then refit, score, choose,
/// measure. For comparing strategies, where a microscope's clock would only cost time.
/// </summary>
/// <remarks>May run for several seeds at a time; features are computed once.</remarks>
public sealed class SerialExperiment(
    KnownScalars data, Strategy strategy, IAcquisitionFunction acquisition, Goal goal, TimeProvider time)
{
    private readonly IDklEngine _engine = strategy.Learner.CreateEngine(data.Candidates);
    private readonly IAcquisitionFunction _acquisition =
        strategy.ChoosesAtRandom ? new RandomAcquisition() : acquisition;

    private readonly double _worst = data.Truth.Min(goal.Merit);
    private readonly double _best = data.Truth.Max(goal.Merit);

    /// <param name="seed">Seed of the design and of every decision.</param>
    /// <param name="seedPoints">Points before the first model: space-filling, or the first that the data name.</param>
    /// <param name="steps">Measurements beyond them.</param>
    /// <param name="isScored">Which steps to score; scoring a large map takes longer than a refit.</param>
    /// <param name="cold">Whether every refit starts from the seed, as published, not from the last state.</param>
    /// <param name="cancellationToken">Noticed at every epoch.</param>
    /// <exception cref="TrainingFailedException">There is no usable model of some step.</exception>
    public IEnumerable<LadderStep> Run(
        ulong seed,
        int seedPoints,
        int steps,
        Func<int, bool> isScored,
        bool cold = false,
        CancellationToken cancellationToken = default)
    {
        List<int> measured = data.SeedPoints.IsEmpty
            ? [.. SeedDesign.SpaceFilling(data.Candidates, seedPoints, seed)]
            : [.. data.SeedPoints.Take(seedPoints)];
        double[] scores = new double[data.Candidates.Count];
        bool[] excluded = new bool[data.Candidates.Count];
        ModelState? state = null;
        for (int step = 0; step <= steps; step++)
        {
            List<Observation> observations =
                [.. measured.Where(i => double.IsFinite(data.Measured[i])).Select(Observe)];
            long start = time.GetTimestamp();
            TrainedModel trained = _engine.Train(
                new TrainingRequest(step + 1, [.. observations], state, seed), cancellationToken);
            TimeSpan refit = time.GetElapsedTime(start);
            state = cold ? null : trained.State;
            var posterior = Posterior.Condition(trained.Model, observations);
            if (isScored(step))
            {
                yield return new LadderStep(
                    step, Score(posterior), BestFound(measured), refit, trained.Report.Epochs)
                {
                    FoundAfter = FoundAfter(measured),
                };
            }

            if (step == steps)
            {
                yield break;
            }

            double best = goal.BestOf(observations.Select(observation => observation.Value));
            _acquisition.Score(new AcquisitionInput(posterior, best, goal, seed + (ulong)step), scores);
            measured.ForEach(candidate => excluded[candidate] = true);
            int next = NextPoint.Choose(scores, excluded);
            if (next == NextPoint.None)
            {
                yield break;
            }

            measured.Add(next);
        }
    }

    private Observation Observe(int candidate) =>
        new(candidate, data.Measured[candidate], data.StandardErrors[candidate]);

    private MapScore Score(Posterior posterior)
    {
        double[] predictive = posterior.Variance.ToArray();
        if (data.TruthIsMeasured)
        {
            for (int i = 0; i < predictive.Length; i++)
            {
                predictive[i] += posterior.NoiseVarianceAt(i);
            }
        }

        return MapScore.Compute(posterior.Mean, predictive, data.Truth, posterior.Model.Shape);
    }

    // Where every candidate is as good as any, as when all hit the target, the first measured is the best.
    private double BestFound(List<int> measured) => _best > _worst
        ? (measured.Max(MeritOf) - _worst) / (_best - _worst)
        : 1.0;

    private int? FoundAfter(List<int> measured)
    {
        int found = measured.FindIndex(candidate => MeritOf(candidate) >= _best);
        return found < 0 ? null : found + 1;
    }

    private double MeritOf(int candidate) => goal.Merit(data.Truth[candidate]);
}
