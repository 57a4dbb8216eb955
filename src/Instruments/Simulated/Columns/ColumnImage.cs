using DklActors.Instruments.Simulated.Surveys;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated.Columns;

/// <summary>ADF image of the columns: each a Gaussian as wide as the probe, as bright as its atoms are heavy.</summary>
internal static class ColumnImage
{
    /// <summary>How scattering to large angles grows with the atomic number.</summary>
    private const double ZExponent = 1.7;

    // Share of the electrons that one oxygen atom in the middle of the probe throws onto the detector.
    private const double ScatteringPerOxygen = 2e-3;
    private const double WidthPerDeviation = 2.3548200450309493;
    private const double ThermalNanometres = 0.01;
    private const double Reach = 4;

    public static StructuralImage Of(ColumnOptions options, IReadOnlyList<AtomicColumn> columns)
    {
        double pixel = options.PixelSize.Value, probe = options.ProbeSize.Value / WidthPerDeviation;
        double variance = (probe * probe) + (ThermalNanometres * ThermalNanometres) + (pixel * pixel / 12);
        double atoms = options.Thickness.Value / CrystalGrower.CellNanometres;
        double[] scattering = new double[options.Grid.Count];
        foreach (AtomicColumn column in columns)
        {
            double oxygens = ProjectedPotential.AtomsOf(column.Kind).Sum(static atom =>
                Math.Pow((double)atom.AtomicNumber / ScatteringFactor.Oxygen.AtomicNumber, ZExponent));
            Add(scattering, options, column, atoms * column.Occupancy * oxygens * ScatteringPerOxygen, variance);
        }

        return SurveyNoise.Draw(scattering, options);
    }

    private static void Add(
        double[] scattering, ColumnOptions options, AtomicColumn column, double height, double variance)
    {
        double pixel = options.PixelSize.Value, reach = Reach * Math.Sqrt(variance);
        (int rows, int columns) = (options.Grid.Rows, options.Grid.Columns);
        int firstRow = Math.Max(0, (int)Math.Ceiling((column.RowNanometres - reach) / pixel));
        int lastRow = Math.Min(rows - 1, (int)Math.Floor((column.RowNanometres + reach) / pixel));
        int firstColumn = Math.Max(0, (int)Math.Ceiling((column.ColumnNanometres - reach) / pixel));
        int lastColumn = Math.Min(columns - 1, (int)Math.Floor((column.ColumnNanometres + reach) / pixel));
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int c = firstColumn; c <= lastColumn; c++)
            {
                double down = (row * pixel) - column.RowNanometres, right = (c * pixel) - column.ColumnNanometres;
                double squared = (down * down) + (right * right);
                scattering[(row * columns) + c] += height * Math.Exp(-0.5 * squared / variance);
            }
        }
    }
}
