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
/// <remarks>The first model is made of the least number of points that a run trains on, as a run does.</remarks>
internal sealed class RegionRun(KnownScalars data, IDklEngine engine, IAcquisitionFunction acquisition)
{
    private const int FirstTraining = 4;

    /// <param name="seed">Of design and decisions.</param>
    /// <param name="seedPoints">Points before the acquisition function chooses.</param>
    /// <param name="steps">Points in all at which the map is scored, ascending.</param>
    /// <param name="start">The model of another region, or null.</param>
    /// <param name="chooser">The model that chooses the seed points; null for a space-filling design.</param>
    /// <returns>A score for each of the steps, and the last state.</returns>
    public (MapScore[] Scores, ModelState Last) Run(
        ulong seed, int seedPoints, int[] steps, ModelState? start, ModelState? chooser)
    {
        List<int> design = chooser is not null
            ? SeedsOf(chooser, seed, seedPoints)
            : [.. SeedDesign.SpaceFilling(data.Candidates, seedPoints, seed)];
        List<int> measured = [.. design.Take(FirstTraining)];
        double[] scores = new double[data.Candidates.Count];
        List<MapScore> curve = [];
        ModelState? state = start;
        for (int version = 1; ; version++)
        {
            Observation[] observations = [.. measured.Select(Observe)];
            TrainedModel trained = engine.Train(
                new TrainingRequest(version, [.. observations], state, seed + (ulong)version), CancellationToken.None);
            state = trained.State;
            var posterior = Posterior.Condition(trained.Model, observations);
            if (steps.Contains(measured.Count))
            {
                curve.Add(MapScore.Compute(
                    posterior.Mean, posterior.Variance, data.Truth, posterior.Model.Shape));
            }

            if (measured.Count >= steps[^1])
            {
                return ([.. curve], state);
            }

            if (measured.Count < design.Count)
            {
                measured.Add(design[measured.Count]);
                continue;
            }

            acquisition.Score(
                new AcquisitionInput(posterior, observations.Max(o => o.Value), Goal.Maximise, seed), scores);
            measured.Add(NextPoint.Choose(scores, Excluded(measured)));
        }
    }

    /// <summary>Greedily where the transferred model expects to learn most of its map, before anything is known.
    /// </summary>
    private List<int> SeedsOf(ModelState start, ulong seed, int count)
    {
        var belief = Posterior.Condition(engine.Restore(start), []);
        double[] scores = new double[data.Candidates.Count];
        List<int> chosen = [];
        var choosing = new IntegratedVarianceReduction();
        while (chosen.Count < count)
        {
            choosing.Score(new AcquisitionInput(belief, 0, Goal.Maximise, seed), scores);
            int next = NextPoint.Choose(scores, Excluded(chosen));
            chosen.Add(next);
            belief = belief.Believe(next);
        }

        return chosen;
    }

    private bool[] Excluded(List<int> taken)
    {
        bool[] excluded = new bool[data.Candidates.Count];
        taken.ForEach(candidate => excluded[candidate] = true);
        return excluded;
    }

    private Observation Observe(int candidate) =>
        new(candidate, data.Measured[candidate], data.StandardErrors[candidate]);
}
