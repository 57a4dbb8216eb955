using System.Collections.Immutable;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Scalarizing;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>
/// Frames that lie in the journal and have no scalar: of points measured with neighbours, of a run taken up again,
/// and of all points when another scalarizer was chosen.
/// </summary>
internal sealed partial class ExperimentActor
{
    private const string ForNothing = "The point that it was to be measured for is given up.";

    // Read from the journal at a time: a long run has more than fits in memory.
    private const int MostFramesRead = 8;

    // Also those of which the journal does not know yet.
    private readonly HashSet<PointId> _givenUp = [];

    /// <summary>Asks for the scalars of points whose frames are all there, the first ones first.</summary>
    private void ScalarizeWhatIsComplete()
    {
        if (_reading || _changing > 0 || _scalarizing.Count > MostFramesRead / 2)
        {
            return;
        }

        Neighbourhood[] frames = [.. Unscalarized().Take(MostFramesRead)];
        if (frames.Length == 0)
        {
            return;
        }

        foreach (Neighbourhood frame in frames)
        {
            _scalarizing.Add(frame.Centre.Point);
        }

        _reading = true;
        IEventStore store = _ports.Journal;
        (IScalarizer scalarizer, int generation) = (_scalarizerNow, _generation);
        _ports.Background.Start(() => new FramesRead(
            generation,
            [
                .. frames.Select(frame =>
                    new Scalarize(frame.Centre.Point, frame.Read(store), scalarizer, generation)),
            ])).PipeTo(Self, failure: exception => new FramesLost(exception.GetBaseException().Message));
    }

    private IEnumerable<Neighbourhood> Unscalarized() => _state.Points.Values
        // A scalar may be on its way to the journal.
        .Where(point => point.AwaitsScalar && _journal!.Expected.Points[point.Id].AwaitsScalar
            && !_scalarizing.Contains(point.Id))
        .Select(point => Neighbourhood.Of(_state, point, _stencil, IsToCome))
        .OfType<Neighbourhood>();

    private void OnFramesRead(FramesRead read)
    {
        _reading = false;
        if (read.Generation != _generation)
        {
            ScalarizeWhatIsComplete();
            return;
        }

        foreach (Scalarize frame in read.Frames)
        {
            Scalarize(frame);
        }
    }

    private bool IsToCome(PointState point) => point.IsOutstanding || IsToBeRepeated(point);

    private bool IsCentre(PointId point) => _state.Points[point].Centre is null;

    /// <summary>The beam is never on without a reason: not for a neighbour of a point that gives no scalar.</summary>
    private bool IsForNothing(PointId point) => _state.Points[point].Centre is { } centre
        && (_givenUp.Contains(centre) || _state.Points[centre].Stage == PointStage.Abandoned);
}
