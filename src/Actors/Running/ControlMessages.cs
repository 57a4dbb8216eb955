namespace DklActors.Actors.Running;

/// <summary>Hold exposures back from the next point boundary on.</summary>
internal sealed record PauseRun(string By, string Reason);

/// <summary>Go on.</summary>
internal sealed record ResumeRun(string By, string Reason);

/// <summary>End at the next point boundary.</summary>
internal sealed record StopRun(string By, string Reason);

/// <summary>Blank and end now; the point under way is given up and charged.</summary>
internal sealed record AbortRun(string By, string Reason);

/// <summary>One of the above for one of the runs.</summary>
internal sealed record RunCommand(string RunId, object Command);
