namespace DklActors.Messages.Frames;

/// <summary>What the detector read out at one probe position, in counts; never modified once made.</summary>
public abstract class Frame
{
    private protected Frame(ReadOnlyMemory<float> counts) => Counts = counts;

    /// <summary>Counts in row-major order.</summary>
    public ReadOnlyMemory<float> Counts { get; }
}
