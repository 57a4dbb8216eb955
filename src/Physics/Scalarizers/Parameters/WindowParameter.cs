using DklActors.Messages.Frames;

namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>An energy window, which has to lie on the energy axis of the spectra.</summary>
public sealed record WindowParameter(string Key, string Meaning) : ScalarizerParameter<EnergyWindow>(Key, Meaning)
{
    private protected override string? Problem(EnergyWindow value) =>
        double.IsFinite(value.Low.Value) && double.IsFinite(value.High.Value) && value.Low < value.High
            ? null
            : $"the window {value} is empty; its lower bound must be a number below its upper bound";

    private protected override string Text(EnergyWindow value) =>
        FormattableString.Invariant($"[{value.Low.Value:R} eV .. {value.High.Value:R} eV]");
}
