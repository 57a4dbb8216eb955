namespace DklActors.Instruments.Virtual;

/// <summary>How the sample of a virtual microscope moves under the scan, from when the microscope is made.</summary>
/// <param name="Rows">Steady drift along the rows, px of the structural image per unit of the pace.</param>
/// <param name="Columns">Steady drift along the columns, in the same unit.</param>
/// <param name="Walk">
/// Standard deviation, in px along either axis, of what a random walk adds over one unit; over n units it adds √n times
/// as much.
/// </param>
/// <param name="Pace">The unit.</param>
public sealed record SampleDrift(
    double Rows = 0, double Columns = 0, double Walk = 0, DriftPace Pace = DriftPace.Minute)
{
    public static SampleDrift None { get; } = new();

    public bool IsNone => Rows == 0 && Columns == 0 && Walk == 0;

    /// <exception cref="ArgumentException">The walk is negative, or a value is not finite.</exception>
    internal void Validate()
    {
        if (!(Walk >= 0) || !double.IsFinite(Rows + Columns + Walk))
        {
            throw new ArgumentException($"{this}: the walk must be zero or more, and all values finite numbers.");
        }
    }
}
