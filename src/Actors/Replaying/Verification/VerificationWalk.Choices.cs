using DklActors.Actors.Controlling;
using DklActors.Actors.Planning;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>What persons chose while the run went on: everything after follows from that.</summary>
internal sealed partial class VerificationWalk
{
    private IScalarizer ChangeScalarizer()
    {
        _scalarizer = ChosenPlan.ScalarizerOf(_decisions!.State, source.Scalarizer, source.Choices);
        _stencil = Stencil.Of(_scalarizer.Neighbours, _shape, _settings);
        (_least, _most) = (double.PositiveInfinity, double.NegativeInfinity);
        return _scalarizer;
    }

    /// <summary>What a person chose is made again from its keys.</summary>
    private void Choice(StoredEvent stored, string identity, Func<string> make)
    {
        try
        {
            Findings.Compare(stored, CheckedThing.Events, Difference.Of("identity", identity, make()));
        }
        catch (Exception exception)
        {
            Findings.NotDerivable(CheckedThing.Events, $"Event {stored.Ordering}: {exception.Message}");
        }
    }

    /// <summary>A neighbour follows from its centre, and is never planned where there is a point already.</summary>
    private void Neighbour(StoredEvent stored, NeighbourPlanned neighbour)
    {
        GridPoint? expected = _stencil.Within(_decisions!.Plan)
            .Around(_before.Points[neighbour.Centre].Target).OfType<GridPoint>()
            .Where(place => _before.Points.Values.All(point => point.Target != place))
            .Select(static place => (GridPoint?)place)
            .FirstOrDefault();
        Findings.Compare(stored, CheckedThing.Events, Difference.Of("target", neighbour.Target, expected));
    }
}
