using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated.Surveys;

/// <summary>Makes the survey image of how strongly each pixel scatters onto the annular detector.</summary>
internal static class SurveyNoise
{
    /// <param name="scattering">Scattering events per electron, row-major.</param>
    /// <param name="options">Grid, pixel size, counts and seed.</param>
    /// <returns>Counts with shot noise; the same for the same options.</returns>
    public static StructuralImage Draw(double[] scattering, SimulationOptions options)
    {
        SeededStream random = SeededStream.Of(options.Seed, "survey");
        float[] counts = new float[scattering.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            double share = 1 - Math.Exp(-scattering[i]);
            counts[i] = (float)PoissonSampler.Draw(options.SurveyCounts * share, ref random);
        }

        return new StructuralImage("HAADF", options.Grid, options.PixelSize, counts);
    }
}
