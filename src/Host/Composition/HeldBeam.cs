using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Composition;

/// <summary>A beam that is not asked for while something about the instrument speaks against measuring.</summary>
internal sealed class HeldBeam(IInstrument instrument) : ISharedBeam
{
    public bool IsBlanked => instrument.Beam.IsBlanked;

    public bool WasTakenAway => instrument.Beam is ISharedBeam { WasTakenAway: true };

    /// <exception cref="BeamHeldException">Something speaks against measuring; the beam stays blanked.</exception>
    public void Unblank()
    {
        foreach (IInstrumentCondition condition in instrument.Conditions)
        {
            if (condition.Problem is { } problem)
            {
                throw new BeamHeldException(problem);
            }
        }

        instrument.Beam.Unblank();
    }

    public void Blank() => instrument.Beam.Blank();
}
