namespace DklActors.Instruments.Preacquired;

/// <summary>Unit of a stored energy axis.</summary>
public enum EnergyUnit
{
    ElectronVolt,
    KiloelectronVolt,
}
