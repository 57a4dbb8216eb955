using System.Collections.Immutable;
using System.Text.Json;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>One detector as a bridge describes it.</summary>
/// <param name="Id">Its name in requests.</param>
/// <param name="Shape">Channels, or rows and columns.</param>
/// <param name="Dtype">Type of its frames.</param>
/// <param name="ReadOut">From the end of an exposure until the frame is there.</param>
/// <param name="Energy">Of channel 0, and of one channel; null where it does not know.</param>
internal sealed record DetectorFacts(
    string Id,
    ImmutableArray<int> Shape,
    string Dtype,
    TimeSpan ReadOut,
    (ElectronVolt Origin, ElectronVolt Dispersion)? Energy)
{
    // A frame of 16,384 × 4,096 counts: more than any detector that there is.
    private const int MostCounts = 1 << 26;

    public bool IsSpectrum => Shape.Length == 1;

    public int Count => Shape.Aggregate(1, static (product, length) => product * length);

    /// <exception cref="FormatException">It is no detector that frames can be taken from.</exception>
    public static DetectorFacts Of(JsonElement json)
    {
        string id = json.Text("id");
        string kind = json.Text("kind");
        ImmutableArray<int> shape =
        [
            .. json.Items("shape").Select(length => length.TryGetInt32(out int value) && value > 0
                ? value
                : throw new FormatException($"the shape of detector {id} is none")),
        ];
        string dtype = json.Text("dtype");
        if (shape.Length != (kind == "spectrum" ? 1 : 2) || kind is not ("spectrum" or "pattern"))
        {
            throw new FormatException($"detector {id} is a {kind} of {shape.Length} dimensions");
        }

        if (shape.Aggregate(1L, static (product, length) => product * length) > MostCounts
            || !ExpectedArray.Dtypes.Contains(dtype))
        {
            throw new FormatException($"detector {id} has frames of {dtype} and {string.Join(" × ", shape)} counts");
        }

        return new DetectorFacts(
            id, shape, dtype, TimeSpan.FromSeconds(Math.Clamp(json.FindNumber("read_out_s") ?? 0, 0, 3600)),
            json.Find("energy") is { } energy
                ? (new ElectronVolt(energy.Number("origin_ev")), new ElectronVolt(energy.Number("dispersion_ev")))
                : null);
    }

    /// <summary>Makes a frame of counts in this detector's shape.</summary>
    /// <param name="counts">Row-major.</param>
    /// <param name="axis">Of a spectrum; null for patterns.</param>
    public Frame FrameOf(float[] counts, EnergyAxis? axis) => axis is null
        ? new PatternFrame(new GridShape(Shape[0], Shape[1]), counts)
        : new SpectrumFrame(axis, counts);

    /// <summary>Whether frames of another description are of the same kind and mean the same.</summary>
    public bool GivesTheSameAs(DetectorFacts other) =>
        Shape.SequenceEqual(other.Shape) && Dtype == other.Dtype && Energy == other.Energy;
}
