using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Virtual;

/// <summary>A blanker that answers at once and knows what it let through. It starts blanked.</summary>
public sealed class VirtualBeam : IBeam
{
    private readonly VirtualColumn column;

    internal VirtualBeam(VirtualColumn column) => this.column = column;

    public bool IsBlanked => column.IsBlanked;

    /// <summary>What has reached the sample until now.</summary>
    public DeliveredDose Delivered => column.Delivered;

    public void Unblank() => column.SetBlanked(false);

    public void Blank() => column.SetBlanked(true);
}
