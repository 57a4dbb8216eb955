namespace DklActors.Host.Commands;

/// <summary>What the process tells its caller.</summary>
internal enum ExitCode
{
    Done = 0,
    RunFailed = 1,
    WrongUse = 2,
    AbortedByPerson = 3,
    StoppedByInterlock = 4,
}
