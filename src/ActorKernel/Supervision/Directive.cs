namespace DklActors.ActorKernel;

/// <summary>What a supervisor does about a child that failed.</summary>
public enum Directive
{
    /// <summary>The child goes on with its state; the failing message is lost.</summary>
    Resume,

    /// <summary>A new incarnation takes over the mailbox; the failing message is lost.</summary>
    Restart,

    /// <summary>The supervisor fails with the same exception.</summary>
    Escalate,

    /// <summary>The child stops for good.</summary>
    Stop,
}
