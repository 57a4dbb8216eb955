using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Speed.Looping;

/// <summary>
/// Seed points, then refit, predict every candidate, choose by expected improvement and measure, with a clock on
/// every part. Measuring is a look-up and costs nothing; scoring the map is not counted.
/// </summary>
internal sealed class WholeLoop(KnownScalars data, LearnerOptions learner, bool cold)
{
    private const int SeedPoints = 10;

    private readonly double[] _scores = new double[data.Candidates.Count];
    private readonly bool[] _excluded = new bool[data.Candidates.Count];

    private TimeSpan _training;
    private TimeSpan _conditioning;
    private TimeSpan _choosing;

    public LoopRun Run(ulong seed, int steps)
    {
        long start = TimeProvider.System.GetTimestamp();
        IDklEngine engine = learner.CreateEngine(data.Candidates);
        TimeSpan features = TimeProvider.System.GetElapsedTime(start);
        var acquisition = new ExpectedImprovement();
        List<Observation> observations = [];
        foreach (int candidate in SeedDesign.SpaceFilling(data.Candidates, SeedPoints, seed))
        {
            Measure(candidate, observations);
        }

        ModelState? state = null;
        int epochs = 0;
        for (int step = 0; ; step++)
        {
            var request = new TrainingRequest(step + 1, [.. observations], state, seed);
            TrainedModel trained = Timed(ref _training, () => engine.Train(request, CancellationToken.None));
            Posterior posterior = Timed(
                ref _conditioning, () => Posterior.Condition(trained.Model, observations));
            state = cold ? null : trained.State;
            epochs += trained.Report.Epochs;
            if (step == steps)
            {
                return new LoopRun(
                    features, _training, _conditioning, _choosing, steps + 1, epochs,
                    MapScore.Compute(posterior.Mean, posterior.Variance, data.Truth, posterior.Model.Shape),
                    BestFound(observations));
            }

            var input = new AcquisitionInput(
                posterior, observations.Max(observation => observation.Value), Goal.Maximise, seed + (ulong)step);
            Measure(Timed(ref _choosing, () => Choose(acquisition, input)), observations);
        }
    }

    private int Choose(ExpectedImprovement acquisition, AcquisitionInput input)
    {
        acquisition.Score(input, _scores);
        return NextPoint.Choose(_scores, _excluded);
    }

    private void Measure(int candidate, List<Observation> observations)
    {
        _excluded[candidate] = true;
        observations.Add(new Observation(candidate, data.Measured[candidate], data.StandardErrors[candidate]));
    }

    private double BestFound(List<Observation> observations)
    {
        double lowest = data.Truth.Min(), best = observations.Max(observation => data.Truth[observation.Candidate]);
        return (best - lowest) / (data.Truth.Max() - lowest);
    }

    private static T Timed<T>(ref TimeSpan total, Func<T> action)
    {
        long start = TimeProvider.System.GetTimestamp();
        T result = action();
        total += TimeProvider.System.GetElapsedTime(start);
        return result;
    }
}
