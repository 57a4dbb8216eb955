using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Virtual;

/// <summary>A blanker that answers at once and knows what it let through. It starts blanked.</summary>
public sealed class VirtualBeam : ISharedBeam
{
    private readonly VirtualColumn _column;

    internal VirtualBeam(VirtualColumn column) => _column = column;

    public bool IsBlanked => _column.IsBlanked;

    public bool WasTakenAway => _column.WasTakenAway;

    /// <summary>What has reached the sample until now.</summary>
    public DeliveredDose Delivered => _column.Delivered;

    public void Unblank() => _column.SetBlanked(false);

    public void Blank() => _column.SetBlanked(true);
}
