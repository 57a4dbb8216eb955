using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reporting;

/// <summary>Values of candidates as a map of the structural image.</summary>
internal static class CandidateMap
{
    /// <summary>Fills the pixels that each candidate stands for.</summary>
    /// <param name="candidates">M candidates.</param>
    /// <param name="values">A value for each.</param>
    /// <param name="extent">Rows and columns of a candidate's block; it lies right and below the middle.</param>
    /// <returns>Row-major, as many values as the image has pixels; NaN where there is no candidate.</returns>
    public static double[] Paint(CandidateSet candidates, ReadOnlySpan<double> values, GridShape extent)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return Paint(candidates.Image.Shape, candidates.PointAt, values, extent);
    }

    /// <summary>The same of places that are not all the candidates, or none.</summary>
    public static double[] Paint(
        GridShape image, Func<int, GridPoint> siteAt, ReadOnlySpan<double> values, GridShape extent)
    {
        double[] map = new double[image.Count];
        Array.Fill(map, double.NaN);
        for (int candidate = 0; candidate < values.Length; candidate++)
        {
            GridPoint site = siteAt(candidate);
            (int top, int left) = (site.Row - (extent.Rows / 2), site.Column - (extent.Columns / 2));
            for (int row = top; row < top + extent.Rows; row++)
            {
                Array.Fill(map, values[candidate], (row * image.Columns) + left, extent.Columns);
            }
        }

        return map;
    }
}
