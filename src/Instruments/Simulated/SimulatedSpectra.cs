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
    private readonly (Particle Particle, Peak[] Peaks)[] particles;
    private readonly double[] energies;
    private readonly double[] zeroLoss;
    private readonly double[] substrate;
    private readonly double[] interband;
    private readonly double reachNanometres;

    public SimulatedSpectra(SimulationOptions options, IReadOnlyList<Particle> particles)
    {
        this.options = options;
        double resolution = options.ZeroLossWidth.Value;
        energies = [.. Enumerable.Range(0, options.EnergyAxis.Channels).Select(i => options.EnergyAxis[i].Value)];
        this.particles = [.. particles.Select(particle => (particle, particle.Modes.Select(PeakOf).ToArray()))];
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
        foreach ((Particle particle, _) in particles)
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
        foreach ((Particle particle, Peak[] peaks) in particles)
        {
            double far = double.Hypot(row - particle.RowNanometres, column - particle.ColumnNanometres);
            if (far > particle.RadiusNanometres + reachNanometres)
            {
                continue;
            }

            foreach (Peak peak in peaks)
            {
                double probability = peak.Mode.Probability * particle.Excitation(peak.Mode.Kind, row, column);
                if (probability > LeastProbability)
                {
                    AddScaled(expected, peak.PerElectronVolt, (float)(scale * probability));
                }
            }
        }
    }

    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    private Peak PeakOf(PlasmonMode mode)
    {
        double width = LineShapes.VoigtWidth(mode.Width.Value, options.ZeroLossWidth.Value);
        return new Peak(
            mode, [.. energies.Select(energy => (float)LineShapes.Lorentzian(energy - mode.Energy.Value, width))]);
    }

    private static double Step(double energy, double width) => 1 / (1 + Math.Exp(-4 * energy / width));

    /// <summary>A mode and its peak of unit area on the energy axis.</summary>
    private sealed record Peak(PlasmonMode Mode, float[] PerElectronVolt);
}
