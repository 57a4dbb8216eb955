namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>A number within a closed range, in a unit.</summary>
public sealed record NumberParameter(string Key, NumberUnit Unit, double Least, double Most, string Meaning)
    : ScalarizerParameter<double>(Key, Meaning)
{
    private protected override string? Problem(double value) => value >= Least && value <= Most
        ? null
        : FormattableString.Invariant($"{Key} of {value:R} is out of range; choose within {Least:R} .. {Most:R}");

    private protected override string Text(double value) => FormattableString.Invariant($"{value + 0.0:R}{Suffix}");

    private string Suffix => Unit switch
    {
        NumberUnit.ElectronVolts => " eV",
        NumberUnit.Pixels => " px",
        NumberUnit.Degrees => " deg",
        NumberUnit.Milliradians => " mrad",
        NumberUnit.Nanometres => " nm",
        _ => "",
    };
}
