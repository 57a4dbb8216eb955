using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Composition;

/// <summary>Holds exposures back while something about the instrument speaks against measuring.</summary>
internal sealed class InstrumentSuspender(IInstrumentCondition condition) : ISuspender
{
    public string Name => condition.Name;

    public string? Check() => condition.Problem;
}
