namespace DklActors.Messages.Frames;

/// <summary>One EELS or X-ray spectrum: counts per channel.</summary>
public sealed class SpectrumFrame : Frame
{
    /// <exception cref="ArgumentException">The number of counts is not the axis's number of channels.</exception>
    public SpectrumFrame(EnergyAxis axis, ReadOnlyMemory<float> counts)
        : base(counts)
    {
        ArgumentNullException.ThrowIfNull(axis);
        if (counts.Length != axis.Channels)
        {
            throw new ArgumentException(
                $"A spectrum of {counts.Length} counts does not fit an axis of {axis.Channels} channels.",
                nameof(counts));
        }

        Axis = axis;
    }

    public EnergyAxis Axis { get; }
}
