using System.Text;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Journal.Files;

namespace DklActors.Host.Regions.Comparing;

/// <summary>Draws how alike the regions are.</summary>
internal static class CampaignFigures
{
    /// <returns>Paths of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, CampaignReport report)
    {
        if (report.Scalars.Count == 0)
        {
            return [];
        }

        LocalFiles.Instance.MakeFolder(folder);
        string path = Path.Combine(folder, "comparison.svg");
        DurableFile.Write(path, Encoding.UTF8.GetBytes(Distributions(report).Paint()));
        return [path];
    }

    private static PanelStack Distributions(CampaignReport report)
    {
        double low = report.Scalars.Min(static region => region.Values[0]);
        double high = report.Scalars.Max(static region => region.Values[^1]);
        double air = high > low ? 0.03 * (high - low) : 1;
        LineCurve[] curves =
        [
            .. report.Scalars.Select((region, i) => new LineCurve(
                $"{region.Name} ({region.Values.Length})", BandCurve.ColourOf(i),
                [.. StairOf(region.Values, low - air, high + air)], [])),
        ];
        return new PanelStack(
            report.Title,
            [new LinePanel("Share of the measured scalars below a value", "share", curves)],
            new ValueRange(low - air, high + air),
            report.Quantity)
        {
            HasWholeSteps = false,
        };
    }

    private static IEnumerable<(double X, double Y)> StairOf(double[] values, double from, double to)
    {
        yield return (from, 0);
        for (int i = 0; i < values.Length; i++)
        {
            yield return (values[i], (double)i / values.Length);
            yield return (values[i], (i + 1.0) / values.Length);
        }

        yield return (to, 1);
    }
}
