using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated;

/// <summary>
/// Expected low-loss spectra at any place, computed when asked for: zero-loss peak, the modes of all particles in
/// reach, losses of the substrate, and attenuation by scattering out of the spectrum.
/// </summary>
internal sealed class SimulatedSpectra : IFrameSource
{
    // Share of the zero-loss peak in its slow tails, as detectors' point spread leaves them.
    private const double ZeroLossTailShare = 0.015;

    private const double LeastProbability = 1e-7;

    // Losses in the substrate, per electron and eV: none below zero, rising towards its band gap.
    private const double SubstrateLossPerElectronVolt = 0.0015;
    private const double SubstrateRisePerElectronVolt = 0.35;

    // Interband transitions of silver set in near 4 eV.
    private const double InterbandOnsetElectronVolts = 4.0;
    private const double InterbandLossPerElectronVolt = 0.12;

    private readonly SimulationOptions options;
    private readonly IReadOnlyList<Particle> particles;
    private readonly double[] energies;
    private readonly double[] zeroLoss;
    private readonly double[] substrate;
    private readonly double[] interband;
    private readonly double reachNanometres;

    public SimulatedSpectra(SimulationOptions options, IReadOnlyList<Particle> particles)
    {
        this.options = options;
        this.particles = particles;
        double resolution = options.ZeroLossWidth.Value;
        energies = [.. Enumerable.Range(0, options.EnergyAxis.Channels).Select(i => options.EnergyAxis[i].Value)];
        zeroLoss = [.. energies.Select(energy => LineShapes.PseudoVoigt(energy, resolution, ZeroLossTailShare))];
        substrate = [.. energies.Select(energy => SubstrateLossPerElectronVolt * Step(energy, resolution)
            * Math.Exp(SubstrateRisePerElectronVolt * energy))];
        interband = [.. energies.Select(energy => InterbandLossPerElectronVolt
            * Step(energy - InterbandOnsetElectronVolts, 0.3 + resolution))];
        reachNanometres = SilverModes.DecayOutsideNanometres * -Math.Log(LeastProbability);
    }

    public GridShape Grid => options.Grid;

    public EnergyAxis? EnergyAxis => options.EnergyAxis;

    public int FrameLength => energies.Length;

    public bool DrawsCountingNoise => true;

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        double row = place.Row * options.PixelSize.Value;
        double column = place.Column * options.PixelSize.Value;
        double thickness = 0;
        foreach (Particle particle in particles)
        {
            thickness += particle.Thickness(row, column);
        }

        double perElectron = options.CollectionEfficiency * options.EnergyAxis.Dispersion.Value
            * Math.Exp(-thickness / SilverModes.AttenuationMeanFreePathNanometres);
        double scale = perElectron * options.BeamCurrent.ElectronsDuring(beamOn);
        double metal = thickness / SilverModes.BulkMeanFreePathNanometres;
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += (float)(scale * (zeroLoss[i] + substrate[i] + (metal * interband[i])));
        }

        AddModes(row, column, scale, expected);
    }

    public Frame ToFrame(float[] counts) => new SpectrumFrame(options.EnergyAxis, counts);

    private void AddModes(double row, double column, double scale, Span<float> expected)
    {
        foreach (Particle particle in particles)
        {
            double far = double.Hypot(row - particle.RowNanometres, column - particle.ColumnNanometres);
            if (far > particle.RadiusNanometres + reachNanometres)
            {
                continue;
            }

            foreach (PlasmonMode mode in particle.Modes)
            {
                double probability = mode.Probability * particle.Excitation(mode.Kind, row, column);
                if (probability > LeastProbability)
                {
                    AddPeak(mode, scale * probability, expected);
                }
            }
        }
    }

    private void AddPeak(PlasmonMode mode, double scale, Span<float> expected)
    {
        double width = LineShapes.VoigtWidth(mode.Width.Value, options.ZeroLossWidth.Value);
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += (float)(scale * LineShapes.Lorentzian(energies[i] - mode.Energy.Value, width));
        }
    }

    private static double Step(double energy, double width) => 1 / (1 + Math.Exp(-4 * energy / width));
}
