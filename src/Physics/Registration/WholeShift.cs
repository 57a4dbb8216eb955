using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>A shift by whole pixels.</summary>
internal readonly record struct WholeShift(int Rows, int Columns)
{
    /// <summary>The nearest.</summary>
    public static WholeShift Of(PixelShift shift) =>
        new((int)Math.Round(shift.Rows), (int)Math.Round(shift.Columns));

    public PixelShift ToShift() => new(Rows, Columns);

    public static WholeShift operator +(WholeShift left, WholeShift right) =>
        new(left.Rows + right.Rows, left.Columns + right.Columns);

    public static WholeShift operator -(WholeShift left, WholeShift right) =>
        new(left.Rows - right.Rows, left.Columns - right.Columns);
}
