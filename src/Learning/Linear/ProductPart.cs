namespace DklActors.Learning.Linear;

/// <summary>A rectangle of a product.</summary>
internal readonly record struct ProductPart(int Row, int Rows, int Column, int Columns);
