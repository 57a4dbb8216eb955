using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>Whether the stage was asked for the place that the recipe names.</summary>
internal sealed partial class VerificationWalk
{
    private void Place(StoredEvent stored)
    {
        StagePosition? asked = stored.Event switch
        {
            StageMoved moved => moved.Asked,
            StageConfirmed confirmed => confirmed.Asked,
            _ => null,
        };
        Findings.Compare(
            stored, CheckedThing.Events, Difference.Of("asked", asked, _settings.Place?.Place));
    }
}
