using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>A film of several grains whose strain, orientation and amorphous share are known everywhere.</summary>
public sealed class FilmSample : SimulatedSample
{
    private FilmSample(FilmOptions options, Film film, FilmPatterns patterns)
        : base(
            $"a film of {film.Grains.Count} grains on {options.Grid} of {options.PixelSize}, patterns of "
            + $"{options.Camera.Detector}, seed {options.Seed}",
            FilmImage.Of(options, film),
            patterns)
    {
        Grains = film.Grains;
        double pixel = options.PixelSize.Value;
        Quantities =
        [
            new(
                "strain-xx", "", "Strain along the columns of the image (x); positive where the lattice is wider.",
                place => Crystal(place, static state => state.Deformation.Strain.Xx)),
            new(
                "strain-yy", "", "Strain along the rows of the image (y).",
                place => Crystal(place, static state => state.Deformation.Strain.Yy)),
            new(
                "strain-xy", "", "Shear strain, the component of the tensor: half the change of a right angle.",
                place => Crystal(place, static state => state.Deformation.Strain.Xy)),
            new(
                "rotation", "deg", "Rotation of the lattice by the deformation, from x (columns) towards y (rows).",
                place => Crystal(place, static state => Degrees(state.Deformation.Rotation))),
            new(
                "orientation", "deg", "Direction of the lattice: that of the grain and the rotation.",
                place => Crystal(place, state => Degrees(
                    film.Grains[state.Grain].OrientationRadians + state.Deformation.Rotation))),
            new(
                "grain", "", "Number of the grain, from 0.", place => Crystal(place, static state => state.Grain)),
            new(
                "amorphous", "", "Share of the thickness that is amorphous.",
                place => At(place) is { Vacuum: < 0.5 } state ? state.Amorphous : double.NaN),
            new(
                "thickness", "nm", "Thickness of the film, 0 in a hole.",
                place => At(place).FilmNanometres),
        ];

        FilmState At(ProbePosition place) => film.At(place.Row * pixel, place.Column * pixel);

        // There is no lattice in holes and where the film is mostly amorphous.
        double Crystal(ProbePosition place, Func<FilmState, double> value) =>
            At(place) is { IsCrystalline: true } state ? value(state) : double.NaN;
    }

    public IReadOnlyList<Grain> Grains { get; }

    public override IReadOnlyList<KnownQuantity> Quantities { get; }

    internal static FilmSample Of(FilmOptions options)
    {
        Film film = FilmGrower.Grow(options);
        return new FilmSample(options, film, new FilmPatterns(options, film));
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
