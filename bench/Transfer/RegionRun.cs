using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ladder;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Transfer;

/// <summary>One serial experiment in a region, from the seed or from the model of another region.</summary>
/// <remarks>
/// The first model is made of the least number of points that a run trains on, as a run does. Beyond some points not
/// every one is followed by a refit, as where training is slower than measuring.
/// </remarks>
internal sealed class RegionRun(KnownScalars data, IDklEngine engine, IAcquisitionFunction acquisition)
{
    /// <summary>Points of the first model, which is the first of a curve.</summary>
    public const int FirstTraining = 4;

    private const int EachIsTrainedOn = 20;
    private const int PointsToARefit = 3;

    /// <summary>A space-filling design.</summary>
    public ImmutableArray<int> SpaceFilling(int count, ulong seed) =>
        SeedDesign.SpaceFilling(data.Candidates, count, seed);

    /// <summary>What a model chooses: that of another region, or null for one that was never trained.</summary>
    public ImmutableArray<int> ByModel(ModelState? other, int count, ulong seed) => ModelDesign.Of(
        other is null ? engine.Prior(seed) : engine.Restore(other), count, seed);

    /// <param name="seed">Of decisions and trainings.</param>
    /// <param name="design">The points before the acquisition function chooses.</param>
    /// <param name="points">Points in all.</param>
    /// <param name="start">The model of another region that the first training starts from, or null.</param>
    /// <returns>A score after each point from the first model on, and the last state.</returns>
    public (MapScore[] Curve, ModelState Last) Run(
        ulong seed, ImmutableArray<int> design, int points, ModelState? start)
    {
        List<int> measured = [.. design.Take(FirstTraining)];
        double[] scores = new double[data.Candidates.Count];
        List<MapScore> curve = [];
        ModelState? state = start;
        Posterior? posterior = null;
        for (int version = 1; ; version++)
        {
            Observation[] observations = [.. Usable(measured)];
            if (posterior is null || measured.Count <= EachIsTrainedOn || measured.Count % PointsToARefit == 0)
            {
                TrainedModel trained = engine.Train(
                    new TrainingRequest(version, [.. observations], state, seed + (ulong)version),
                    CancellationToken.None);
                state = trained.State;
                posterior = Posterior.Condition(trained.Model, observations);
            }
            else
            {
                posterior = Usable(measured.TakeLast(1)).Aggregate(posterior, (belief, next) => belief.With(next));
            }

            curve.Add(Score(posterior));
            if (measured.Count >= points)
            {
                return ([.. curve], state!);
            }

            if (measured.Count < design.Length)
            {
                measured.Add(design[measured.Count]);
                continue;
            }

            double best = observations.Max(static observation => observation.Value);
            acquisition.Score(new AcquisitionInput(posterior, best, Goal.Maximise, seed + (ulong)version), scores);
            measured.Add(NextPoint.Choose(scores, Excluded(measured)));
        }
    }

    // A map is scored against what is true; where that was only measured, its noise belongs to the prediction.
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

    private bool[] Excluded(List<int> taken)
    {
        bool[] excluded = new bool[data.Candidates.Count];
        taken.ForEach(candidate => excluded[candidate] = true);
        return excluded;
    }

    private IEnumerable<Observation> Usable(IEnumerable<int> measured) => measured
        .Where(candidate => double.IsFinite(data.Measured[candidate]))
        .Select(candidate => new Observation(candidate, data.Measured[candidate], data.StandardErrors[candidate]));
}
