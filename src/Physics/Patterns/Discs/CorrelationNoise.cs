namespace DklActors.Physics.Patterns.Discs;

/// <summary>Variance of a correlation's value and covariance of its slopes along rows and columns.</summary>
internal readonly record struct CorrelationNoise(double Value, double RowRow, double RowColumn, double ColumnColumn);
