using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Transfer;

/// <summary>One field of the sample recipe's nanoparticles, wholly known.</summary>
internal static class SimulatedRegion
{
    private const int Patch = 12;

    /// <param name="sampleSeed">Which particles.</param>
    /// <param name="noiseSeed">Which counts.</param>
    /// <param name="size">Rows and columns of the image, px.</param>
    public static KnownScalars Measure(int sampleSeed, long noiseSeed, int size)
    {
        var options = new PlasmonOptions
        {
            Grid = new GridShape(size, size),
            PixelSize = new Nanometre(3),
            Particles = Math.Max(2, 14 * size * size / (96 * 96)),
            Seed = sampleSeed,
            NoiseSeed = noiseSeed,
            EnergyAxis = new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.02), 400),
            ZeroLossWidth = new ElectronVolt(0.15),
            NominalDwell = TimeSpan.FromMilliseconds(100),
            BeamCurrent = new BeamCurrent(10),
        };
        using var microscope = new SimulatedMicroscope(options, VirtualTiming.Instant, TimeProvider.System);
        IScalarizer scalarizer = ScalarizerCatalog.Create(new ScalarizerSpec("band-mean").With(
            SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(2.9), new ElectronVolt(3.5))));
        CandidateSet candidates = CandidateSet.Among(microscope.Image, new PatchWindow(Patch), null);
        double[] truth = new double[candidates.Count], measured = new double[candidates.Count];
        double[] errors = new double[candidates.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            GridPoint point = candidates.PointAt(i);
            truth[i] = scalarizer.At(point, microscope.Probe.ScanWindow, microscope.FrameAt).Value;
            ScalarResult scalar = scalarizer.At(
                point, microscope.Probe.ScanWindow, place => microscope.MeasuredAt(place, noiseSeed));
            (measured[i], errors[i]) = (scalar.Value, scalar.StandardError);
        }

        return new KnownScalars(candidates, measured, errors, truth);
    }
}
