using DklActors.Instruments.Simulated.Surveys;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>
/// HAADF image of the film: thickness, inclusions, channelling contrast of the grains and of strain, dark boundaries,
/// fainter amorphous regions, holes.
/// </summary>
internal static class FilmImage
{
    private const double ScatteringPerNanometre = 0.03;
    private const double GrainContrast = 0.2;
    private const double InclusionContrast = 0.25;
    private const double StrainContrast = 0.15;
    private const double BoundaryContrast = 0.2;
    private const double AmorphousContrast = -0.35;
    private const double ProbeDeviationPixels = 0.6;

    public static StructuralImage Of(FilmOptions options, Film film)
    {
        (int rows, int columns) = (options.Grid.Rows, options.Grid.Columns);
        double pixel = options.PixelSize.Value;
        double[] scattering = new double[options.Grid.Count];
        for (int i = 0; i < scattering.Length; i++)
        {
            scattering[i] = ScatteringAt(options, film, i / columns * pixel, i % columns * pixel);
        }

        return SurveyNoise.Draw(ImageBlur.Gaussian(scattering, rows, columns, ProbeDeviationPixels), options);
    }

    private static double ScatteringAt(FilmOptions options, Film film, double row, double column)
    {
        FilmState state = film.At(row, column);
        double crystal = 1 + (GrainContrast * Channelling(film, state, options));
        Strain strain = state.Deformation.Strain;
        if (options.Strain > 0)
        {
            crystal += StrainContrast * (strain.Xx + strain.Yy) / options.Strain;
        }

        foreach (Spot inclusion in film.Inclusions)
        {
            crystal += InclusionContrast * inclusion.Sign * inclusion.Cover(row, column, film.RimNanometres);
        }

        double boundary = film.BoundaryDistance(row, column) / (1.5 * film.RimNanometres);
        crystal -= BoundaryContrast * Math.Exp(-0.5 * boundary * boundary);
        double mixed = ((1 - state.Amorphous) * crystal) + (state.Amorphous * (1 + AmorphousContrast));
        return Math.Max(0, ScatteringPerNanometre * state.ThicknessNanometres * mixed * (1 - state.Vacuum));
    }

    // Brighter the further a grain is rotated to one side: what a learner can tell orientation from.
    private static double Channelling(Film film, FilmState state, FilmOptions options)
    {
        double largest = Math.Max(options.OrientationDegrees * Math.PI / 180, 1e-9);
        double own = film.Grains[state.Grain].OrientationRadians / largest;
        double other = film.Grains[state.Neighbour].OrientationRadians / largest;
        return ((1 - state.NeighbourShare) * own) + (state.NeighbourShare * other);
    }
}
