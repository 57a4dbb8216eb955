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
                PhaseTimeouts = Needs.PhaseTimeouts,
                StashCapacity = Needs.StashCapacity ?? plain.StashCapacity,
                GuardianStrategy = Needs.TopEscalates
                    ? new OneForOneStrategy(_ => Directive.Escalate)
                    : plain.GuardianStrategy,
            };
        }
    }
}
