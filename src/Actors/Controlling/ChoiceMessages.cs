using DklActors.Actors.Experiments;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Controlling;

/// <summary>The scalarizer that a person chose is there.</summary>
internal sealed record ScalarizerMade(ChangeScalarizer Change, IScalarizer Scalarizer, IActorRef Asker);

/// <summary>What a person calls worth measuring is there.</summary>
internal sealed record PlanMade(ChangeAcquisition Change, PlanSettings Plan, IActorRef Asker);

/// <summary>Nothing can be made of the keys.</summary>
internal sealed record ChoiceFailed(RunControl Control, string Reason, IActorRef Asker);
