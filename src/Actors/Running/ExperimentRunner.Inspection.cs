using DklActors.ActorKernel.Inspection;

namespace DklActors.Actors.Running;

/// <summary>What only this repository's own kernel can tell; absent on Akka.NET.</summary>
public sealed partial class ExperimentRunner
{
    /// <summary>The actors of the run as they are now. From any thread; stops nothing.</summary>
    public ActorSnapshot Actors => ActorTree.Of(_system);
}
