using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>
/// A thin film of several grains, strained by inclusions and bending, partly amorphous and with a hole, seen by
/// nanobeam diffraction.
/// </summary>
public sealed record FilmOptions : SimulationOptions
{
    public FilmOptions() => PixelSize = new Nanometre(2);

    public PatternOptions Camera { get; init; } = new() { MilliradPerPixel = 1, ConvergenceMillirad = 4 };

    /// <summary>Mean thickness; one side of the film is thicker than the other.</summary>
    public Nanometre Thickness { get; init; } = new(10);

    public int Grains { get; init; } = 8;

    /// <summary>Largest rotation of a grain about the beam, to either side of the mean, degrees.</summary>
    public double OrientationDegrees { get; init; } = 20;

    /// <summary>Misfit strain of the inclusions; bending adds half of it at the rims.</summary>
    public double Strain { get; init; } = 0.01;

    /// <summary>Inclusions, by turns wider and narrower than the film.</summary>
    public int Inclusions { get; init; } = 6;

    public int AmorphousRegions { get; init; } = 2;

    public int Holes { get; init; } = 1;

    /// <summary>Distance of 200 of the film without strain from the direct beam, camera pixels.</summary>
    public double ReflectionPixels => 1000 * Camera.Optics.WavelengthNanometres
        * ReciprocalLattice.ShortestPerNanometre / Camera.MilliradPerPixel;

    public override FilmSample Grow()
    {
        Validate();
        return FilmSample.Of(this);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(Camera.Problem is null, Camera.Problem ?? "");
        Require(
            Thickness.Value is >= 1 and <= 200, $"a film of {Thickness} is not simulated; give 1 nm to 200 nm");
        Require(Grains is >= 1 and <= 500, $"{Grains} grains are not simulated; give 1 to 500");
        Require(
            OrientationDegrees is >= 0 and <= 45, $"rotations of {OrientationDegrees}° make no sense; give 0 to 45");
        Require(Strain is >= 0 and <= 0.05, $"a strain of {Strain} is not simulated; give 0 to 0.05");
        Require(Inclusions is >= 0 and <= 200, $"{Inclusions} inclusions are not simulated; give 0 to 200");
        Require(
            AmorphousRegions is >= 0 and <= 50, $"{AmorphousRegions} amorphous regions are too many; give 0 to 50");
        Require(Holes is >= 0 and <= 20, $"{Holes} holes are not simulated; give 0 to 20");
    }
}
