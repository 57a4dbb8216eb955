using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>What one side of a link says against measuring.</summary>
internal sealed class LinkCondition(string name) : IInstrumentCondition
{
    private volatile string? _problem;

    public string Name => name;

    public string? Problem
    {
        get => _problem;
        set => _problem = value;
    }
}
