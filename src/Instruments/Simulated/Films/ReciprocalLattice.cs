namespace DklActors.Instruments.Simulated.Films;

/// <summary>The reflections of the film's [001] zone before rotation and strain: a square lattice.</summary>
internal static class ReciprocalLattice
{
    /// <summary>Lattice parameter of the film, nm: fcc, so that the shortest reflections are 200.</summary>
    public const double ParameterNanometres = 0.4;

    /// <summary>Length of 200, nm⁻¹.</summary>
    public const double ShortestPerNanometre = 2 / ParameterNanometres;

    // How fast the square of the structure factor falls with g, nm⁻¹.
    private const double FallPerNanometre = 12;

    // Weaker reflections are not seen, however large the camera is.
    private const double LeastFactor = 1e-6;

    // Intensity of the strongest reflection in its Bragg position over that of the direct beam, at 10 nm.
    private const double StrongestShare = 0.35;
    private const double ReferenceThicknessNanometres = 10;

    /// <summary>The reflections shorter than a length, nm⁻¹, without the direct beam.</summary>
    public static IReadOnlyList<Reflection> Within(double longestPerNanometre)
    {
        List<Reflection> reflections = [];
        int orders = (int)Math.Ceiling(longestPerNanometre / ShortestPerNanometre);
        for (int h = -orders; h <= orders; h++)
        {
            for (int k = -orders; k <= orders; k++)
            {
                (double x, double y) = (h * ShortestPerNanometre, k * ShortestPerNanometre);
                double squared = (x * x) + (y * y);
                double factor = Math.Exp(-squared / (FallPerNanometre * FallPerNanometre));
                if ((h != 0 || k != 0) && factor > LeastFactor
                    && squared <= longestPerNanometre * longestPerNanometre)
                {
                    reflections.Add(new Reflection(h, k, x, y, StrongestShare * factor));
                }
            }
        }

        return reflections;
    }

    /// <summary>Intensity of a reflection over that of the direct beam.</summary>
    /// <param name="reflection">Which.</param>
    /// <param name="x">As it lies after rotation and strain, nm⁻¹.</param>
    /// <param name="y">As <paramref name="x"/>.</param>
    /// <param name="tiltX">Tilt of the zone axis, radians.</param>
    /// <param name="tiltY">As <paramref name="tiltX"/>.</param>
    /// <param name="thickness">Of the crystal, nm.</param>
    /// <param name="wavelength">nm.</param>
    /// <remarks>
    /// Kinematical, with the deviation s from the Bragg position: sinc² (π s t) averaged over the thicknesses that a
    /// film has is about 1 / (1 + 2 (π s t)²).
    /// </remarks>
    public static double Intensity(
        Reflection reflection, double x, double y, double tiltX, double tiltY, double thickness, double wavelength)
    {
        double deviation = (-0.5 * wavelength * ((x * x) + (y * y))) - (x * tiltX) - (y * tiltY);
        double phase = Math.PI * deviation * thickness;
        return reflection.Strength * thickness / ReferenceThicknessNanometres / (1 + (2 * phase * phase));
    }
}
