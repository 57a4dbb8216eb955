using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Simulation.Instruments;

/// <summary>What lies under the beam, and every electron that ever reached it. It outlives all processes.</summary>
internal sealed class Specimen
{
    private readonly Dictionary<GridPoint, double> _electrons = [];
    private readonly float[] _image = new float[Shape.Count];

    public Specimen(SeededChoice choice)
    {
        (double row, double column) = (Shape.Rows * choice.Fraction(), Shape.Columns * choice.Fraction());
        for (int i = 0; i < _image.Length; i++)
        {
            GridPoint place = Shape.PointAt(i);
            double distance = double.Hypot(place.Row - row, place.Column - column);
            _image[i] = (float)(Math.Exp(-distance * distance / 18) + (0.1 * choice.Fraction()));
        }
    }

    public static GridShape Shape { get; } = new(11, 11);

    public static EnergyAxis Axis { get; } = new(new ElectronVolt(0), new ElectronVolt(0.5), 12);

    public static BeamCurrent Current { get; } = new(20);

    public static Nanometre PixelSize { get; } = new(0.5);

    /// <summary>Electrons of exposures, all pixels together.</summary>
    public double ExposedElectrons { get; private set; }

    /// <summary>Electrons of structural images, all pixels together.</summary>
    public double ScannedElectrons { get; private set; }

    /// <summary>Electrons that came while the blanker was broken: no ledger can know them; the alarm tells.</summary>
    public double UncontrolledElectrons { get; private set; }

    /// <summary>Every exposure that the detector began, by its lease.</summary>
    public HashSet<string> Exposures { get; } = [];

    public StructuralImage Image => new("HAADF", Shape, PixelSize, _image);

    public double ElectronsAt(GridPoint place) => _electrons.GetValueOrDefault(place);

    public IEnumerable<GridPoint> ExposedPlaces => _electrons.Keys;

    public void Expose(GridPoint place, TimeSpan duration)
    {
        double electrons = Current.ElectronsDuring(duration);
        _electrons[place] = ElectronsAt(place) + electrons;
        ExposedElectrons += electrons;
    }

    public void Scan(TimeSpan duration) => ScannedElectrons += Current.ElectronsDuring(duration);

    public void Lose(TimeSpan duration) => UncontrolledElectrons += Current.ElectronsDuring(duration);

    public SpectrumFrame SpectrumAt(GridPoint place, SeededChoice noise)
    {
        float[] counts = new float[Axis.Channels];
        float brightness = Shape.Contains(place) ? _image[Shape.IndexOf(place)] : 0;
        for (int channel = 0; channel < counts.Length; channel++)
        {
            counts[channel] = (float)(50 + (200 * brightness * channel) + (10 * noise.Fraction()));
        }

        return new SpectrumFrame(Axis, counts);
    }
}
