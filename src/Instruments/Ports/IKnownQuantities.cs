namespace DklActors.Instruments.Ports;

/// <summary>An instrument that knows more of its sample than frames show: strain, thickness, field.</summary>
/// <remarks>For scoring a finished experiment only; nothing that decides may see it.</remarks>
public interface IKnownQuantities
{
    /// <summary>What is known; empty where frames are all there is.</summary>
    IReadOnlyList<KnownQuantity> Quantities { get; }

    /// <summary>Values of a quantity, such as strain-xx, at every pixel of the structural image, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such quantity; the message names those there are.</exception>
    float[] Truth(string name);
}
