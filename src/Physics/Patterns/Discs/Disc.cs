using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>A disc of a diffraction pattern.</summary>
/// <param name="Row">Row of its centre in px.</param>
/// <param name="Column">Column of its centre in px.</param>
/// <param name="Height">Correlation with the template there; for a power of 1 in counts a pixel of the disc.</param>
/// <param name="HeightError">Its standard error from counting statistics.</param>
/// <param name="VarianceRow">Variance of the row from counting statistics, in px².</param>
/// <param name="VarianceColumn">Variance of the column.</param>
/// <param name="Covariance">Of row and column.</param>
public readonly record struct Disc(
    double Row, double Column, double Height, double HeightError, double VarianceRow, double VarianceColumn,
    double Covariance)
{
    public PatternPoint Centre => new(Row, Column);
}
