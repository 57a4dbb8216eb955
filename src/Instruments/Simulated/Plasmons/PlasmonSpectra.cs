using DklActors.Instruments.Simulated.Spectra;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>
/// Expected low-loss spectra at any place, computed when asked for: zero-loss peak, the modes of all particles in
/// reach, losses of the substrate, and attenuation by scattering out of the spectrum.
/// </summary>
internal sealed class PlasmonSpectra : IFrameSource
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

    private readonly PlasmonOptions _options;
    private readonly (Particle Particle, Peak[] Peaks)[] _particles;
    private readonly double[] _energies;
    private readonly double[] _zeroLoss;
    private readonly double[] _substrate;
    private readonly double[] _interband;
    private readonly double _reachNanometres;

    public PlasmonSpectra(PlasmonOptions options, IReadOnlyList<Particle> particles)
    {
        _options = options;
        double resolution = options.ZeroLossWidth.Value;
        _energies = [.. Enumerable.Range(0, options.EnergyAxis.Channels).Select(i => options.EnergyAxis[i].Value)];
        _particles = [.. particles.Select(particle => (particle, particle.Modes.Select(PeakOf).ToArray()))];
        _zeroLoss = [.. _energies.Select(energy => LineShapes.PseudoVoigt(energy, resolution, ZeroLossTailShare))];
        _substrate = [.. _energies.Select(energy => SubstrateLossPerElectronVolt * Step(energy, resolution)
            * Math.Exp(SubstrateRisePerElectronVolt * energy))];
        _interband = [.. _energies.Select(energy => InterbandLossPerElectronVolt
            * Step(energy - InterbandOnsetElectronVolts, 0.3 + resolution))];
        _reachNanometres = SilverModes.DecayOutsideNanometres * -Math.Log(LeastProbability);
    }

    public GridShape Grid => _options.Grid;

    public EnergyAxis? EnergyAxis => _options.EnergyAxis;

    public int FrameLength => _energies.Length;

    public bool DrawsCountingNoise => true;

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        double row = place.Row * _options.PixelSize.Value;
        double column = place.Column * _options.PixelSize.Value;
        double thickness = 0;
        foreach ((Particle particle, _) in _particles)
        {
            thickness += particle.Thickness(row, column);
        }

        double perElectron = _options.CollectionEfficiency * _options.EnergyAxis.Dispersion.Value
            * Math.Exp(-thickness / SilverModes.AttenuationMeanFreePathNanometres);
        double scale = perElectron * _options.BeamCurrent.ElectronsDuring(beamOn);
        double metal = thickness / SilverModes.BulkMeanFreePathNanometres;
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += (float)(scale * (_zeroLoss[i] + _substrate[i] + (metal * _interband[i])));
        }

        AddModes(row, column, scale, expected);
    }

    public Frame ToFrame(float[] counts) => new SpectrumFrame(_options.EnergyAxis, counts);

    private void AddModes(double row, double column, double scale, Span<float> expected)
    {
        foreach ((Particle particle, Peak[] peaks) in _particles)
        {
            double far = double.Hypot(row - particle.RowNanometres, column - particle.ColumnNanometres);
            if (far > particle.RadiusNanometres + _reachNanometres)
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
        double width = LineShapes.VoigtWidth(mode.Width.Value, _options.ZeroLossWidth.Value);
        return new Peak(
            mode, [.. _energies.Select(energy => (float)LineShapes.Lorentzian(energy - mode.Energy.Value, width))]);
    }

    private static double Step(double energy, double width) => 1 / (1 + Math.Exp(-4 * energy / width));

    /// <summary>A mode and its peak of unit area on the energy axis.</summary>
    private sealed record Peak(PlasmonMode Mode, float[] PerElectronVolt);
}
