namespace DklActors.Instruments.Simulated.Films;

/// <summary>One grain: the places nearer to its centre than to any other grain's.</summary>
/// <param name="RowNanometres">Centre.</param>
/// <param name="ColumnNanometres">Centre.</param>
/// <param name="OrientationRadians">Rotation about the beam, from x (columns) towards y (rows).</param>
/// <param name="TiltX">Tilt of the zone axis from the beam along x, radians.</param>
/// <param name="TiltY">Tilt of the zone axis from the beam along y, radians.</param>
public sealed record Grain(
    double RowNanometres, double ColumnNanometres, double OrientationRadians, double TiltX, double TiltY);
