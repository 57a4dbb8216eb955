using DklActors.Messages;

namespace DklActors.Actors.Experiments;

/// <summary>A message about one point: what becomes of it is logged with the point's id.</summary>
internal interface IAboutPoint
{
    PointId Point { get; }
}
