namespace DklActors.Physics.Fourier;

/// <summary>Value of a function between pixels with its slopes and curvatures along rows and columns.</summary>
internal readonly record struct PeakShape(
    double Value, double SlopeRow, double SlopeColumn, double RowRow, double RowColumn, double ColumnColumn)
{
    public double Determinant => (RowRow * ColumnColumn) - (RowColumn * RowColumn);

    /// <summary>Whether the function bends down in every direction.</summary>
    public bool IsCap => RowRow < 0 && ColumnColumn < 0 && Determinant > 0;

    /// <summary>Newton's step to where the slopes vanish.</summary>
    public (double Row, double Column) Step => (
        ((RowColumn * SlopeColumn) - (ColumnColumn * SlopeRow)) / Determinant,
        ((RowColumn * SlopeRow) - (RowRow * SlopeColumn)) / Determinant);
}
