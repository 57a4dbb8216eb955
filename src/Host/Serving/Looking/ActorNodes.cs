using System.Text.Json;
using DklActors.ActorKernel.Inspection;
using DklActors.Host.Serving.Contract;

namespace DklActors.Host.Serving.Looking;

/// <summary>The tree of actors as it is told.</summary>
internal static class ActorNodes
{
    public static ActorNode Of(ActorSnapshot actor) => new(
        actor.Path.Name,
        actor.Type.Name,
        JsonNamingPolicy.CamelCase.ConvertName(actor.State.ToString()),
        actor.Depth,
        actor.Capacity,
        actor.Stashed,
        actor.Processed,
        actor.Dropped,
        actor.Restarts,
        actor.BusyFor?.TotalSeconds,
        actor.OldestWaiting?.TotalSeconds,
        [.. actor.Children.Select(Of)]);
}
