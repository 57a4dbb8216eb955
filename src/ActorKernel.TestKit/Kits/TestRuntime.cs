using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Kits;

/// <summary>A system for one test, and how that test waits for its actors.</summary>
internal sealed record TestRuntime(ActorSystem System, Waiter Waiter);
