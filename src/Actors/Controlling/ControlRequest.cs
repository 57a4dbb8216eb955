namespace DklActors.Actors.Controlling;

/// <summary>A control on its way to the experiment, whose sender is told a <see cref="ControlAnswer"/>.</summary>
/// <param name="RunId">The run that it is for.</param>
/// <param name="Control">What is asked.</param>
/// <param name="Suspension">Of a hard pause the beam guard's ticket, else 0.</param>
internal sealed record ControlRequest(string RunId, RunControl Control, long Suspension);

/// <summary>Let go of what the same person held back.</summary>
internal sealed record ResumeOne(string By, string Reason) : RunControl(By, Reason);

/// <summary>What an experiment that is made anew has to know: the last ticket of a hard pause told of.</summary>
internal sealed record SuspensionsHeard(long Suspension);

/// <summary>An experiment has been told all that stands, and begins: before, it might scan for nothing.</summary>
internal sealed record StandingTold
{
    public static readonly StandingTold Instance = new();
}
