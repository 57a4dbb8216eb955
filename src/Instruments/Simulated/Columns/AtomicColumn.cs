namespace DklActors.Instruments.Simulated.Columns;

/// <summary>One atomic column.</summary>
/// <param name="Kind">What it consists of.</param>
/// <param name="RowNanometres">Downwards from the upper left pixel's centre.</param>
/// <param name="ColumnNanometres">To the right of the upper left pixel's centre.</param>
/// <param name="Occupancy">Share of its sites that are filled, 0 to 1.</param>
public readonly record struct AtomicColumn(
    ColumnKind Kind, double RowNanometres, double ColumnNanometres, double Occupancy);
