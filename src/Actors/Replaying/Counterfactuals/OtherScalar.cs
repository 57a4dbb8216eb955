using DklActors.Messages;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Replaying.Counterfactuals;

/// <summary>What a frame gave, and what another scalarizer makes of it.</summary>
public sealed record OtherScalar(PointId Point, ScalarResult Recorded, ScalarResult Other)
{
    /// <summary>Whether both may be learned from.</summary>
    public bool AreUsable => Recorded.Quality != ScalarQuality.Bad && Other.Quality != ScalarQuality.Bad;
}
