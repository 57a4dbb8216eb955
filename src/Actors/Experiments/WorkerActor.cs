namespace DklActors.Actors.Experiments;

/// <summary>A child of the experiment, which is told when a fault makes it anew, and at which point it was.</summary>
internal abstract class WorkerActor : ReceiveActor
{
    protected override void PreRestart(Exception reason, object? message)
    {
        Context.Parent.Tell(new WorkerFaulted(Self.Path.Name, reason, (message as IAboutPoint)?.Point));
        base.PreRestart(reason, message);
    }
}
