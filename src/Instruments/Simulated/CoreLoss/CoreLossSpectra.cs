using System.Buffers;
using DklActors.Instruments.Simulated.Detectors;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>
/// Expected spectra at any place, computed when asked for: plasmon losses and tail by the thickness, and each
/// material's edges, also behind plasmon losses.
/// </summary>
internal sealed class CoreLossSpectra : IFlawedSource
{
    // Edges behind more plasmon losses are below the noise of anything thin enough to be measured.
    private const int MostPlasmonsBeforeEdge = 3;
    private const double SpikeCounts = 1500;

    private readonly CoreLossOptions _options;
    private readonly CoreLossFilm _film;
    private readonly double[] _energies;
    private readonly float[][][] _plasmons;
    private readonly float[][][][] _edges;
    private readonly PointSpread _spread;
    private readonly XRaySpikes _spikes;
    private readonly bool _hasLowLoss;

    public CoreLossSpectra(CoreLossOptions options, CoreLossFilm film)
    {
        _options = options;
        _film = film;
        _energies = [.. Enumerable.Range(0, options.EnergyAxis.Channels).Select(i => options.EnergyAxis[i].Value)];
        double resolution = options.ZeroLossWidth.Value;
        // Plasmon losses reach up to some 300 eV; beyond, there is nothing of them to add.
        _hasLowLoss = options.EnergyAxis.Origin.Value < 300;
        _plasmons = [.. Material.All.Select(material => Enumerable.Range(0, LowLoss.MostPlasmons + 1)
            .Select(n => Sampled(loss => LowLoss.Plasmons(n, loss, material.PlasmonElectronVolts, resolution)))
            .ToArray())];
        _edges = [.. Material.All.Select(material => material.Contents
            .Select(content => Enumerable.Range(0, MostPlasmonsBeforeEdge + 1)
                .Select(n => Sampled(loss => EdgeBehind(content.Edge, material, n, loss, resolution)))
                .ToArray())
            .ToArray())];
        _spread = new PointSpread(options.PointSpreadChannels);
        _spikes = new XRaySpikes(options.SpikeShare, SpikeCounts);
    }

    public GridShape Grid => _options.Grid;

    public EnergyAxis? EnergyAxis => _options.EnergyAxis;

    public int FrameLength => _energies.Length;

    public bool DrawsCountingNoise => true;

    public void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(2 * FrameLength);
        try
        {
            Span<float> spectrum = rented.AsSpan(0, FrameLength), scratch = rented.AsSpan(FrameLength, FrameLength);
            spectrum.Clear();
            AddSpectrum(place, spectrum);
            _spread.Apply(spectrum, FrameLength, scratch);
            double scale = _options.BeamCurrent.ElectronsDuring(beamOn) * _options.CollectionEfficiency
                * _options.EnergyAxis.Dispersion.Value;
            Counts.AddScaled(expected, spectrum, (float)scale);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public void Spoil(Span<float> counts, ref SeededStream random) => _spikes.Strike(counts, ref random);

    public Frame ToFrame(float[] counts) => new SpectrumFrame(_options.EnergyAxis, counts);

    /// <summary>Losses of one electron within an energy window that belong to the edge of an element.</summary>
    public double EdgeWithin(Element element, EnergyWindow window, ProbePosition place)
    {
        Span<double> thicknesses = stackalloc double[Material.All.Count];
        double thickness = ThicknessesAt(place, thicknesses), sum = 0;
        const int steps = 200;
        double step = (window.High.Value - window.Low.Value) / steps;
        for (int m = 0; m < thicknesses.Length; m++)
        {
            Material material = Material.All[m];
            foreach ((Element own, double density, CoreEdge edge) in material.Contents)
            {
                for (int n = 0; own == element && thicknesses[m] > 0 && n <= MostPlasmonsBeforeEdge; n++)
                {
                    double area = 0;
                    for (int i = 0; i < steps; i++)
                    {
                        double loss = window.Low.Value + ((i + 0.5) * step);
                        area += EdgeBehind(edge, material, n, loss, _options.ZeroLossWidth.Value) * step;
                    }

                    sum += Poisson(n, thickness) * density * thicknesses[m] * edge.CrossSection * area;
                }
            }
        }

        return sum;
    }

    /// <summary>Area of the L3 white lines over that of L2 in a place's manganese; NaN where there is none.</summary>
    public double WhiteLineRatioAt(ProbePosition place)
    {
        Span<double> thicknesses = stackalloc double[Material.All.Count];
        ThicknessesAt(place, thicknesses);
        double three = 0, two = 0;
        for (int m = 0; m < thicknesses.Length; m++)
        {
            foreach ((Element element, double density, CoreEdge edge) in Material.All[m].Contents)
            {
                if (element == Element.Manganese && edge.WhiteLines is { } lines)
                {
                    double area = density * thicknesses[m] * edge.CrossSection * lines.Area / (1 + lines.Area);
                    three += area * lines.Ratio / (1 + lines.Ratio);
                    two += area / (1 + lines.Ratio);
                }
            }
        }

        return two > 1e-9 ? three / two : double.NaN;
    }

    /// <summary>Fills the thicknesses in nm of all materials and returns their sum in mean free paths.</summary>
    public double ThicknessesAt(ProbePosition place, Span<double> thicknesses)
    {
        double pixel = _options.PixelSize.Value, sum = 0;
        _film.ThicknessesAt(place.Row * pixel, place.Column * pixel, thicknesses);
        for (int m = 0; m < thicknesses.Length; m++)
        {
            sum += thicknesses[m] / Material.All[m].MeanFreePathNanometres;
        }

        return sum;
    }

    private void AddSpectrum(ProbePosition place, Span<float> spectrum)
    {
        Span<double> thicknesses = stackalloc double[Material.All.Count];
        double thickness = ThicknessesAt(place, thicknesses);
        for (int i = 0; i < spectrum.Length; i++)
        {
            spectrum[i] = (float)LowLoss.Tail(_energies[i], thickness);
        }

        for (int m = 0; m < thicknesses.Length; m++)
        {
            Material material = Material.All[m];
            double share = thicknesses[m] / material.MeanFreePathNanometres / thickness;
            for (int n = 0; _hasLowLoss && n <= LowLoss.MostPlasmons; n++)
            {
                Counts.AddScaled(spectrum, _plasmons[m][n], (float)(share * Poisson(n, thickness)));
            }

            for (int e = 0; e < material.Contents.Count; e++)
            {
                (_, double density, CoreEdge edge) = material.Contents[e];
                double strength = density * thicknesses[m] * edge.CrossSection;
                for (int n = 0; strength > 0 && n <= MostPlasmonsBeforeEdge; n++)
                {
                    Counts.AddScaled(spectrum, _edges[m][e][n], (float)(strength * Poisson(n, thickness)));
                }
            }
        }
    }

    private float[] Sampled(Func<double, double> function) => [.. _energies.Select(energy => (float)function(energy))];

    // A plasmon shifts the edge by its energy and blurs it by its width.
    private static double EdgeBehind(CoreEdge edge, Material material, int n, double loss, double resolution) =>
        edge.PerElectronVolt(
            loss - (n * material.PlasmonElectronVolts),
            n == 0 ? resolution : double.Hypot(resolution, 8 * Math.Sqrt(n)));

    private static double Poisson(int n, double mean)
    {
        double probability = Math.Exp(-mean);
        for (int i = 1; i <= n; i++)
        {
            probability *= mean / i;
        }

        return probability;
    }
}
