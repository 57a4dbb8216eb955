using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>
/// Nanobeam patterns of the film: discs on the strained lattice of one grain, or two at a boundary; rings where it is
/// amorphous; the direct beam alone where there is none. Discs that overlap add their intensities.
/// </summary>
internal sealed class FilmPatterns : PatternSource
{
    private const double EdgePixels = 0.5;

    // Radii of the amorphous rings in nm⁻¹ with their widths and relative heights, as of an amorphous metal.
    private const double RingPerNanometre = 4.3;
    private const double RingWidthPerNanometre = 0.45;
    private const double SecondRingRatio = 1.75;
    private const double SecondRingShare = 0.3;

    // Share of the electrons that 10 nm of amorphous film scatter into rings.
    private const double RingShare = 0.35;
    private const double ReferenceThicknessNanometres = 10;
    private const double LeastShare = 1e-5;

    private readonly Film _film;
    private readonly FilmOptions _options;
    private readonly SoftDisc _disc;
    private readonly DiffuseHalo _rings;
    private readonly DiffuseHalo _diffuse;
    private readonly IReadOnlyList<Reflection> _reflections;
    private readonly double _wavelength;
    private readonly double _pixelsPerReciprocal;

    public FilmPatterns(FilmOptions options, Film film)
        : base(options.Grid, options.Camera, options.BeamCurrent)
    {
        _film = film;
        _options = options;
        _wavelength = Camera.Optics.WavelengthNanometres;
        _pixelsPerReciprocal = 1000 * _wavelength / Camera.MilliradPerPixel;
        _disc = new SoftDisc(Camera.DiscRadiusPixels, EdgePixels);
        double corner = double.Hypot(Camera.Detector.Rows, Camera.Detector.Columns) / 2;
        _reflections = ReciprocalLattice.Within((corner + _disc.Radius + 4) / _pixelsPerReciprocal);
        double ring = RingPerNanometre * _pixelsPerReciprocal;
        double width = double.Hypot(RingWidthPerNanometre * _pixelsPerReciprocal, 0.5 * _disc.Radius);
        _rings = new DiffuseHalo(2 * corner, radius =>
            Bell((radius - ring) / width) + (SecondRingShare * Bell((radius - (SecondRingRatio * ring)) / width)));
        double half = ReciprocalLattice.ShortestPerNanometre * _pixelsPerReciprocal * 0.8;
        _diffuse = new DiffuseHalo(2 * corner, radius => Math.Pow(1 + (radius * radius / (half * half)), -1.5));
    }

    /// <summary>Centre of a reflection from the centre of the pattern, camera pixels.</summary>
    public (double Row, double Column) OffsetOf(Reflection reflection, Grain grain, Deformation deformation)
    {
        (double x, double y) = VectorOf(reflection, grain, deformation);
        return Camera.ToCamera(y * _pixelsPerReciprocal, x * _pixelsPerReciprocal);
    }

    protected override void Draw(ProbePosition place, double electrons, Span<float> pattern)
    {
        double pixel = _options.PixelSize.Value;
        FilmState state = _film.At(place.Row * pixel, place.Column * pixel);
        (double row, double column) = Camera.CentreAt(place, Grid);
        int columns = Camera.Detector.Columns;
        double direct = electrons * state.Vacuum, matter = electrons - direct;
        if (matter > LeastShare * electrons)
        {
            double diffuse = Camera.Background * matter;
            double amorphous = (matter - diffuse) * state.Amorphous;
            double crystal = matter - diffuse - amorphous;
            _diffuse.AddTo(pattern, columns, row, column, diffuse);
            if (amorphous > LeastShare * electrons)
            {
                double share = 1 - Math.Exp(-RingShare * state.ThicknessNanometres / ReferenceThicknessNanometres);
                _rings.AddTo(pattern, columns, row, column, share * amorphous);
                direct += (1 - share) * amorphous;
            }

            if (crystal > LeastShare * electrons)
            {
                direct += AddCrystal(
                    pattern, row, column, state, _film.Grains[state.Grain], (1 - state.NeighbourShare) * crystal);
                direct += AddCrystal(
                    pattern, row, column, state, _film.Grains[state.Neighbour], state.NeighbourShare * crystal);
            }
        }

        _disc.AddTo(pattern, columns, row, column, direct);
    }

    /// <summary>Adds the diffracted discs of a grain and returns what is left in the direct beam.</summary>
    private double AddCrystal(
        Span<float> pattern, double row, double column, FilmState state, Grain grain, double electrons)
    {
        if (electrons <= 0)
        {
            return 0;
        }

        Span<double> intensities = stackalloc double[_reflections.Count];
        double sum = 1;
        for (int i = 0; i < intensities.Length; i++)
        {
            (double x, double y) = VectorOf(_reflections[i], grain, state.Deformation);
            intensities[i] = ReciprocalLattice.Intensity(
                _reflections[i], x, y, grain.TiltX, grain.TiltY, state.ThicknessNanometres, _wavelength);
            sum += intensities[i];
        }

        for (int i = 0; i < intensities.Length; i++)
        {
            double share = intensities[i] / sum;
            if (share > LeastShare)
            {
                (double down, double right) = OffsetOf(_reflections[i], grain, state.Deformation);
                _disc.AddTo(pattern, Camera.Detector.Columns, row + down, column + right, share * electrons);
            }
        }

        return electrons / sum;
    }

    private static (double X, double Y) VectorOf(Reflection reflection, Grain grain, Deformation deformation)
    {
        (double sine, double cosine) = Math.SinCos(grain.OrientationRadians);
        return deformation.Reciprocal(
            (cosine * reflection.X) - (sine * reflection.Y), (sine * reflection.X) + (cosine * reflection.Y));
    }

    private static double Bell(double deviations) => Math.Exp(-0.5 * deviations * deviations);
}
