using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Simulation.Instruments;

/// <summary>What lies under the beam, and every electron that ever reached it. It outlives all processes.</summary>
internal sealed class Specimen
{
    private readonly Dictionary<GridPoint, double> _electrons = [];
    private readonly float[] _image = new float[Shape.Count];
    private readonly SeededChoice _choice;
    private readonly bool _drifts;

    /// <param name="choice">Draws of the world.</param>
    /// <param name="drifts">Whether it moves, now and then, by a pixel.</param>
    public Specimen(SeededChoice choice, bool drifts)
    {
        (_choice, _drifts) = (choice, drifts);
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

    /// <summary>How far it has moved in the image, whole pixels.</summary>
    public PixelShift Drift { get; private set; }

    /// <summary>The longest that it ever moved in one go, px.</summary>
    public const double LargestJump = 3;

    public StructuralImage Image => new("HAADF", Shape, PixelSize, _image);

    /// <summary>The image as it looks now that the specimen has moved; beyond its rim there is nothing.</summary>
    public StructuralImage ImageNow()
    {
        float[] moved = new float[Shape.Count];
        for (int i = 0; i < moved.Length; i++)
        {
            GridPoint place = (Shape.PointAt(i).Centre - Drift).NearestPixel;
            moved[i] = Shape.Contains(place) ? _image[Shape.IndexOf(place)] : 0;
        }

        return new StructuralImage("HAADF", Shape, PixelSize, moved);
    }

    /// <summary>Time goes on: it may have moved.</summary>
    public void Settle()
    {
        if (!_drifts || !_choice.Chance(0.15))
        {
            return;
        }

        // Once in a while by more than anybody can follow.
        double most = _choice.Chance(0.1) ? LargestJump : 1;
        var next = Drift + new PixelShift(
            Math.Round(most * ((2 * _choice.Fraction()) - 1)), Math.Round(most * ((2 * _choice.Fraction()) - 1)));
        Drift = next.Length <= 4 ? next : PixelShift.None;
    }

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
