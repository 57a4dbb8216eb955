using DklActors.Instruments.Files;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Speed.Looping;

/// <summary>What the whole loop explores: 7,225 candidates with patches of 16 × 16 on 100 × 100 pixels.</summary>
internal static class LoopScene
{
    private const int SidePixels = 100;

    private const ulong NoiseSeed = 1;

    private static readonly PatchWindow Patch = new(16);

    // The surface modes that run along the particles' edges.
    private static readonly EnergyWindow EdgeModes = new(new ElectronVolt(2.9), new ElectronVolt(3.5));

    /// <summary>A published map of plasmons, scored against its noise-free values.</summary>
    /// <param name="folder">Holds <c>image.npy</c>, <c>yA_noisy.npy</c> and <c>yA_true.npy</c>.</param>
    public static KnownScalars Recorded(string folder)
    {
        using ArrayContainer arrays = ArrayContainer.Open(folder);
        DataArray image = arrays.Read("image");
        double[] noisy = arrays.Read("yA_noisy").ToDoubles();
        var shape = new GridShape(image.Shape[0], image.Shape[1]);
        return new KnownScalars(
            CandidateSet.Create(new StructuralImage("HAADF", shape, new Nanometre(1.0), image.ToSingles()), Patch),
            noisy, new double[noisy.Length], arrays.Read("yA_true").ToDoubles());
    }

    /// <summary>The like from the simulator: counts of the edge modes around silver particles.</summary>
    public static KnownScalars Simulated()
    {
        var options = new PlasmonOptions { Grid = new GridShape(SidePixels, SidePixels) };
        using var microscope = new SimulatedMicroscope(options, VirtualTiming.Instant, TimeProvider.System);
        var candidates = CandidateSet.Create(microscope.Image, Patch);
        double[] measured = new double[candidates.Count], truth = new double[candidates.Count];
        for (int i = 0; i < truth.Length; i++)
        {
            GridPoint point = candidates.PointAt(i);
            truth[i] = Counts(microscope.FrameAt(point));
            measured[i] = Counts(microscope.MeasuredAt(point, (long)NoiseSeed));
        }

        return new KnownScalars(candidates, measured, new double[measured.Length], truth);
    }

    private static double Counts(Frame frame)
    {
        var spectrum = (SpectrumFrame)frame;
        double sum = 0.0;
        foreach (float count in spectrum.Counts.Span[spectrum.Axis.ChannelsWithin(EdgeModes)])
        {
            sum += count;
        }

        return sum;
    }
}
