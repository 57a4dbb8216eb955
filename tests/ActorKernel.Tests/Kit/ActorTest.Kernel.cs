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
                ShutdownPhases =
                [
                    .. ShutdownPhase.Defaults.Select(phase =>
                        Needs.PhaseTimeouts.TryGetValue(phase.Name, out var limit)
                            ? phase with { Timeout = limit }
                            : phase),
                ],
                StashCapacity = Needs.StashCapacity ?? plain.StashCapacity,
                GuardianStrategy = Needs.TopEscalates
                    ? new OneForOneStrategy(_ => Directive.Escalate)
                    : plain.GuardianStrategy,
            };
        }
    }
}
