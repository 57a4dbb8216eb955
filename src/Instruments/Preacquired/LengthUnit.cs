namespace DklActors.Instruments.Preacquired;

/// <summary>Unit of a stored length.</summary>
public enum LengthUnit
{
    Angstrom,
    Nanometre,
    Micrometre,
}
