using DklActors.Messages.Units;

namespace DklActors.Messages.Frames;

/// <summary>An open energy interval: channels whose centre is strictly between the bounds belong to it.</summary>
public readonly record struct EnergyWindow(ElectronVolt Low, ElectronVolt High)
{
    public override string ToString() => $"{Low} .. {High}";
}
