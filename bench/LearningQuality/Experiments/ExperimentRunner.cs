using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.LearningQuality.Data;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.LearningQuality.Experiments;

/// <summary>One experiment, serial: seed points, then refit, score, choose and measure, step by step.</summary>
internal sealed class ExperimentRunner(DataSet data, DklOptions options, IAcquisitionFunction acquisition)
{
    private readonly ManagedDklEngine _engine = new(data.Candidates, options);

    /// <param name="seed">Seed of the design and of every decision.</param>
    /// <param name="seedPoints">Space-filling points before the first model.</param>
    /// <param name="checkpoints">Steps after which to score, ascending.</param>
    /// <param name="withErrors">Whether the model is told the standard errors.</param>
    /// <param name="cold">Whether every refit starts from the seed, as published, not from the last state.</param>
    public List<Checkpoint> Run(
        ulong seed, int seedPoints, IReadOnlyList<int> checkpoints, bool withErrors, bool cold = false)
    {
        List<int> measured = [.. SeedDesign.SpaceFilling(data.Candidates, seedPoints, seed)];
        List<Checkpoint> results = [];
        double[] scores = new double[data.Candidates.Count];
        bool[] excluded = new bool[data.Candidates.Count];
        ModelState? state = null;
        TimeSpan refitting = TimeSpan.Zero;
        int epochs = 0;
        for (int step = 0; step <= checkpoints[^1]; step++)
        {
            List<Observation> observations = [.. measured.Select(i => Observe(i, withErrors))];
            long start = TimeProvider.System.GetTimestamp();
            TrainedModel trained = _engine.Train(
                new TrainingRequest(step + 1, [.. observations], state, seed), CancellationToken.None);
            refitting += TimeProvider.System.GetElapsedTime(start);
            epochs += trained.Report.Epochs;
            state = cold ? null : trained.State;
            var posterior = Posterior.Condition(trained.Model, observations);
            if (checkpoints.Contains(step))
            {
                results.Add(new Checkpoint(
                    step, Score(posterior, withErrors), BestFound(measured),
                    refitting.TotalMilliseconds / (step + 1), epochs / (double)(step + 1)));
            }

            double best = observations.Max(observation => observation.Value);
            acquisition.Score(new AcquisitionInput(posterior, best, Goal.Maximise, seed + (ulong)step), scores);
            measured.ForEach(candidate => excluded[candidate] = true);
            measured.Add(NextPoint.Choose(scores, excluded));
        }

        return results;
    }

    private Observation Observe(int candidate, bool withErrors) =>
        new(candidate, data.Measured[candidate], withErrors ? data.StandardErrors[candidate] : 0.0);

    private MapScore Score(Posterior posterior, bool withErrors)
    {
        double[] predictive = posterior.Variance.ToArray();
        for (int i = 0; i < predictive.Length; i++)
        {
            // The counting error of a measurement to come is that of its expected value.
            double counting = withErrors && data.StandardErrors[i] > 0.0 ? Math.Max(posterior.Mean[i], 1.0) : 0.0;
            predictive[i] += posterior.NoiseVariance + counting;
        }

        return MapScore.Compute(posterior.Mean, predictive, data.Truth);
    }

    private double BestFound(List<int> measured) =>
        (measured.Max(i => data.Truth[i]) - data.Truth.Min()) / (data.Truth.Max() - data.Truth.Min());
}
