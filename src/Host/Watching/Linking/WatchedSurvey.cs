using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;

namespace DklActors.Host.Watching.Linking;

/// <summary>A survey that does not begin unless a watchdog would blank the beam, nor counts if it did.</summary>
internal sealed class WatchedSurvey(ISurvey survey, IBeam beam, WatchedBlanker watched) : ISurvey
{
    public TimeSpan Duration => survey.Duration;

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        long before = watched.Interruptions;
        if (watched.Trouble is { } trouble)
        {
            throw new InstrumentException(FaultClass.Transient, trouble);
        }

        StructuralImage image = await survey.AcquireAsync(cancellationToken).ConfigureAwait(false);
        return watched.Interruptions == before && beam is not ISharedBeam { WasTakenAway: true }
            ? image
            : throw new InstrumentException(
                FaultClass.Transient, "The watchdog blanked the beam during the survey; take it again.");
    }
}
