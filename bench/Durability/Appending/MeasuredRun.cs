using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Durability.Appending;

/// <summary>The events of a run that measures without end: four a point, and a model every twenty points.</summary>
internal static class MeasuredRun
{
    private const int PointsPerModel = 20;
    private static readonly GridShape Shape = new(2048, 2048);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly Provenance Software = new("dkl", "host", "system", "runtime", "processor", []);

    public static IEnumerable<JournalEvent> Events()
    {
        yield return new ExperimentStarted(
            "run", "bench", 1, new string('a', 64), "simulated", "band-mean", "managed", "max-uncertainty", Software);
        yield return new SurveyIntended(Shape, 1e6);
        yield return new SurveyRecorded(HashOf(0), "HAADF", Shape, new Nanometre(0.5), Shape.Count, 1e6, null);
        for (int point = 1; ; point++)
        {
            foreach (JournalEvent journalEvent in Point(point))
            {
                yield return journalEvent;
            }

            if (point % PointsPerModel == 0)
            {
                yield return new ModelTrained(
                    point / PointsPerModel, HashOf(-point), "managed/1", point, (point / PointsPerModel) - 1, 7,
                    new TrainingReport(60, -1.25, true, 0.03), 80 * Millisecond);
            }
        }
    }

    private static IEnumerable<JournalEvent> Point(int number)
    {
        var id = new PointId(number);
        // A step that has no divisor in common with the number of pixels comes to each of them in turn.
        int pixel = (int)((number * 1_664_525L) % Shape.Count);
        var target = new GridPoint(pixel / Shape.Columns, pixel % Shape.Columns);
        var readBack = new ProbePosition(target.Row + 0.01, target.Column - 0.02);
        yield return new PointPlanned(
            id,
            target,
            new PlanningBasis(
                PlanningReason.Acquisition, number / PointsPerModel, number - 1, [new PointId(number - 1)], 17, 0.125,
                0.5, 0.25),
            2 * Millisecond);
        yield return new ExposureIntended(
            id, 1, target.Centre, readBack, 100 * Millisecond, 500 * Millisecond, 6.24e7);
        yield return new FrameRecorded(
            id, 1, HashOf(number), target.Centre, readBack, target, 1.25e7,
            new ExposureTiming(number * 120 * Millisecond, Millisecond, 100 * Millisecond, Millisecond));
        yield return new PointScalarized(
            id, new ScalarResult(0.5, 0.01, ScalarQuality.Good), "band-mean 2.2..2.6 eV", Millisecond);
    }

    private static string HashOf(int number) => $"{number & 0x7fffffff:x16}{(long)number * 7919:x16}".PadLeft(64, 'f');
}
