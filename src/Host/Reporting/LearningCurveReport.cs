using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Figures.Curves;
using DklActors.Host.Running;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Reporting;

/// <summary>The learning curve of a run: what was predicted before each measurement against what came.</summary>
internal static class LearningCurveReport
{
    /// <summary>Null while nothing is measured.</summary>
    public static LearningCurveSvg? Of(RunDesign design, RunRecord record)
    {
        Goal goal = design.Settings.Plan.Goal;
        List<LearningCurvePoint> points = [];
        double best = double.NaN;
        int observations = 0;
        foreach (JournalEvent journalEvent in record.Events.Select(stored => stored.Event))
        {
            if (journalEvent is ScalarizerChanged)
            {
                // All points come again, as another number.
                points.Clear();
                (best, observations) = (double.NaN, 0);
            }

            if (journalEvent is not PointScalarized scalarized)
            {
                continue;
            }

            PointState point = record.State.Points[scalarized.Point];
            double value = scalarized.Scalar.Value;
            if (scalarized.Scalar.Quality != ScalarQuality.Bad)
            {
                observations++;
                best = double.IsNaN(best) || goal.Merit(value) > goal.Merit(best) ? value : best;
            }

            // What was predicted before a change of the scalarizer was predicted of another number.
            bool predicted = double.IsFinite(point.Basis.PredictedMean)
                && point.Id.Value > record.State.PointsAtChange;
            MapScore? score = record.Scores.GetValueOrDefault(observations);
            points.Add(new LearningCurvePoint
            {
                Step = points.Count + 1,
                Value = value,
                Best = best,
                PredictedMean = predicted ? point.Basis.PredictedMean : null,
                PredictedDeviation = predicted ? point.Basis.PredictedDeviation : null,
                Rmse = score?.Rmse,
                Nlpd = score?.Nlpd,
                ModelVersion = point.Basis.ModelVersion,
                IsSeed = point.Basis.Reason == PlanningReason.Seed,
            });
        }

        return points.Count == 0
            ? null
            : new LearningCurveSvg
            {
                Title = design.Recipe.Title,
                Quantity = FigureWriter.QuantityOf(design),
                Points = points,
            };
    }
}
