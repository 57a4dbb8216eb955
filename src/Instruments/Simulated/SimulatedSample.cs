using DklActors.Instruments.Ports;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated;

/// <summary>
/// What a simulated microscope looks at: its structural image, its answer to the beam at any place, computed when
/// asked for, and what is true of it at every pixel.
/// </summary>
public abstract class SimulatedSample
{
    private protected SimulatedSample(string description, StructuralImage image, IFrameSource frames)
    {
        Description = description;
        Image = image;
        Frames = frames;
    }

    /// <summary>A line for people.</summary>
    public string Description { get; }

    /// <summary>The image that the survey gives.</summary>
    public StructuralImage Image { get; }

    /// <summary>What is known of the sample beyond its frames, in the order in which it is told.</summary>
    public virtual IReadOnlyList<KnownQuantity> Quantities => [];

    internal IFrameSource Frames { get; }

    /// <summary>Values of a quantity by its name at every pixel of the image, row-major.</summary>
    internal float[] Map(string name)
    {
        KnownQuantity quantity = Quantities.FirstOrDefault(known => known.Name == name)
            ?? throw new ArgumentException(
                $"Nothing is known of '{name}' here; known are {Names()}.", nameof(name));
        float[] map = new float[Image.Shape.Count];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = (float)quantity.At(Image.Shape.PointAt(i).Centre);
        }

        return map;
    }

    private string Names() =>
        Quantities.Count == 0 ? "frames alone" : string.Join(", ", Quantities.Select(static known => known.Name));
}
