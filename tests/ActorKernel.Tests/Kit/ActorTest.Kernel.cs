using DklActors.ActorKernel.Configuration;

namespace DklActors.ActorKernel.Tests.Kit;

public abstract partial class ActorTest
{
    protected override ActorSystemSettings Settings
    {
        get
        {
            var plain = base.Settings;
            return plain with
            {
                ShutdownPhases = ShutdownPhase.Defaults.ToDictionary(
                    phase => phase.Key,
                    phase => phase.Value with
                    {
                        Timeout = Needs.PhaseTimeouts.TryGetValue(phase.Key, out var limit)
                            ? limit
                            : phase.Value.Timeout,
                    }),
                StashCapacity = Needs.StashCapacity ?? plain.StashCapacity,
                GuardianStrategy = Needs.TopEscalates
                    ? new OneForOneStrategy(_ => Directive.Escalate)
                    : plain.GuardianStrategy,
            };
        }
    }
}
