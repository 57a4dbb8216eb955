using DklActors.Actors.Running;
using DklActors.Actors.Scalarizing;
using DklActors.Journal.Storage;
using DklActors.Messages;

namespace DklActors.Actors.Experiments;

/// <summary>Points measured for another one's scalar: a cross of frames, where the scalarizer asks for it.</summary>
internal sealed partial class ExperimentActor
{
    private const string ForNothing = "The point that it was to be measured for is given up.";

    // Also those of which the journal does not know yet.
    private readonly HashSet<PointId> _givenUp = [];

    /// <summary>
    /// Of a scalarizer that needs neighbours, the scalars of all points whose neighbours are settled.
    /// </summary>
    private void ScalarizeWhatIsComplete()
    {
        if (_stencil.IsEmpty)
        {
            return;
        }

        foreach (PointState point in _state.Points.Values)
        {
            // A scalar may be on its way to the journal.
            if (!_journal!.Expected.Points[point.Id].AwaitsScalar || !point.AwaitsScalar
                || _scalarizing.Contains(point.Id)
                || Neighbourhood.Of(_state, point, _stencil, IsToCome) is not { } frames)
            {
                continue;
            }

            _scalarizing.Add(point.Id);
            IEventStore store = _ports.Journal;
            _ports.Background.Start(() => new Scalarize(frames.Centre.Point, frames.Read(store)))
                .PipeTo(Self, failure: exception => new FramesLost(exception.GetBaseException().Message));
        }
    }

    private bool IsToCome(PointState point) => point.IsOutstanding || IsToBeRepeated(point);

    private bool IsCentre(PointId point) => _state.Points[point].Centre is null;

    /// <summary>The beam is never on without a reason: not for a neighbour of a point that gives no scalar.</summary>
    private bool IsForNothing(PointId point) => _state.Points[point].Centre is { } centre
        && (_givenUp.Contains(centre) || _state.Points[centre].Stage == PointStage.Abandoned);
}
