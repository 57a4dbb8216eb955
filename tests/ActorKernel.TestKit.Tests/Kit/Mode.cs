namespace DklActors.ActorKernel.TestKit.Tests.Kit;

/// <summary>How actors run and time passes.</summary>
public enum Mode
{
    /// <summary>On threads, in real time.</summary>
    RealTime,

    /// <summary>On threads, on a clock that only the test moves.</summary>
    StandingTime,

    /// <summary>On the test's thread, under the deterministic scheduler.</summary>
    VirtualTime,
}
