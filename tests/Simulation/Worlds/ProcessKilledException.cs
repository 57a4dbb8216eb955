namespace DklActors.Simulation.Worlds;

/// <summary>The process is gone between one step and the next, and all that it had in memory.</summary>
internal sealed class ProcessKilledException() : Exception("The process was killed.");
