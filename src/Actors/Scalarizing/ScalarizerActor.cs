using DklActors.Actors.Experiments;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Scalarizing;

/// <summary>Pure computing: a frame in, a number with its uncertainty out.</summary>
internal sealed class ScalarizerActor : WorkerActor
{
    public ScalarizerActor(TimeProvider time)
    {
        Receive<Scalarize>(request =>
        {
            long started = time.GetTimestamp();
            ScalarResult result = Evaluate(request.Scalarizer, request.Measurement);
            Sender.Tell(new Scalarized(
                request.Point, result, time.GetElapsedTime(started), request.Generation));
        });
    }

    // A scalarizer may be somebody's plug-in: its bug must cost a point, recorded as such, and not the run.
    internal static ScalarResult Evaluate(IScalarizer scalarizer, Measurement measurement)
    {
        try
        {
            ScalarResult result = scalarizer.Evaluate(measurement);
            return result.Quality == ScalarQuality.Bad || double.IsFinite(result.Value)
                ? result
                : ScalarResult.Bad($"{scalarizer.Identity} gave {result.Value}, which cannot be learned from.");
        }
        catch (Exception exception)
        {
            return ScalarResult.Bad(
                $"{scalarizer.Identity} failed with {exception.GetType().Name}: {exception.Message}");
        }
    }
}
