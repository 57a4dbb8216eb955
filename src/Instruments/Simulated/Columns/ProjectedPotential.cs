namespace DklActors.Instruments.Simulated.Columns;

/// <summary>
/// The crystal's electrostatic potential, projected along the beam and averaged over the probe, with its field and
/// charge in closed form: a sum of Gaussians for each column.
/// </summary>
/// <remarks>
/// A Gaussian probe of variance p² turns a Gaussian potential of variance s² into one of s² + p², so that the average
/// over the probe is exact. In a phase object it is what the centre of mass of the pattern measures: Müller-Caspary
/// et al., Ultramicroscopy 178 (2017) 62; Lazić, Bosch and Lazar, Ultramicroscopy 160 (2016) 265.
/// </remarks>
internal sealed class ProjectedPotential
{
    /// <summary>Vacuum permittivity, elementary charges per V nm (CODATA 2018).</summary>
    public const double Permittivity = 0.0552634936;

    // Gaussians are cut where they have fallen to exp(−36) of their height.
    private const double LargestExponent = 36;
    private const double CellNanometres = 0.4;

    // The widest Gaussian, of 0.14 nm, is cut at 1.2 nm.
    private const int CellsAround = 3;

    // Thermal motion at room temperature, standard deviation along an axis, nm.
    private const double ThermalNanometres = 0.008;

    // 2 √(2 ln 2)
    private const double WidthPerDeviation = 2.3548200450309493;

    private readonly Gaussian[][] _kinds;
    private readonly Dictionary<(int Row, int Column), AtomicColumn[]> _cells;

    public ProjectedPotential(ColumnOptions options, IReadOnlyList<AtomicColumn> columns)
    {
        double probe = options.ProbeSize.Value / WidthPerDeviation;
        double added = (probe * probe) + (ThermalNanometres * ThermalNanometres);
        double atoms = options.Thickness.Value / CrystalGrower.CellNanometres;
        _kinds = [.. Enum.GetValues<ColumnKind>().Select(kind => AtomsOf(kind)
            .SelectMany(atom => atom.Projected(added))
            .Select(part => new Gaussian(
                atoms * part.Area / (2 * Math.PI * part.Variance), 1 / part.Variance)).ToArray())];
        _cells = columns.GroupBy(CellOf).ToDictionary(static cell => cell.Key, static cell => cell.ToArray());
    }

    public static IReadOnlyList<ScatteringFactor> AtomsOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Strontium => [ScatteringFactor.Strontium],
        ColumnKind.Lead => [ScatteringFactor.Lead],
        ColumnKind.TitaniumOxygen => [ScatteringFactor.Titanium, ScatteringFactor.Oxygen],
        ColumnKind.Oxygen => [ScatteringFactor.Oxygen],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of column."),
    };

    /// <summary>Potential, field and charge where the probe stands, all projected along the beam.</summary>
    public PotentialAt At(double rowNanometres, double columnNanometres)
    {
        double potential = 0, fieldRow = 0, fieldColumn = 0, divergence = 0;
        (int centreRow, int centreColumn) = CellOf(rowNanometres, columnNanometres);
        for (int r = centreRow - CellsAround; r <= centreRow + CellsAround; r++)
        {
            for (int c = centreColumn - CellsAround; c <= centreColumn + CellsAround; c++)
            {
                if (!_cells.TryGetValue((r, c), out AtomicColumn[]? columns))
                {
                    continue;
                }

                foreach (AtomicColumn column in columns)
                {
                    double down = rowNanometres - column.RowNanometres;
                    double right = columnNanometres - column.ColumnNanometres;
                    double squared = (down * down) + (right * right);
                    foreach (Gaussian part in _kinds[(int)column.Kind])
                    {
                        double exponent = 0.5 * squared * part.InverseVariance;
                        if (exponent > LargestExponent)
                        {
                            continue;
                        }

                        double value = column.Occupancy * part.Height * Math.Exp(-exponent);
                        double slope = value * part.InverseVariance;
                        potential += value;
                        fieldRow += slope * down;
                        fieldColumn += slope * right;
                        divergence += slope * (2 - (2 * exponent));
                    }
                }
            }
        }

        return new PotentialAt(potential, fieldRow, fieldColumn, Permittivity * divergence);
    }

    private static (int Row, int Column) CellOf(AtomicColumn column) =>
        CellOf(column.RowNanometres, column.ColumnNanometres);

    private static (int Row, int Column) CellOf(double row, double column) =>
        ((int)Math.Floor(row / CellNanometres), (int)Math.Floor(column / CellNanometres));

    /// <summary>Height in V nm and inverse variance in nm⁻².</summary>
    private readonly record struct Gaussian(double Height, double InverseVariance);
}
