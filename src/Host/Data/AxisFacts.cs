using DklActors.Instruments.Files;

namespace DklActors.Host.Data;

/// <summary>One dimension of an array.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Length">Elements along it.</param>
/// <param name="Role"><c>navigation</c> or <c>signal</c>.</param>
/// <param name="Unit">As the file has it; null where it is not calibrated.</param>
/// <param name="Scale">Distance of two neighbours.</param>
/// <param name="Offset">Value at index 0.</param>
/// <param name="IsEven">Whether the values are evenly spaced.</param>
internal sealed record AxisFacts(
    string Name, int Length, string Role, string? Unit, double Scale, double Offset, bool IsEven)
{
    public static AxisFacts Of(DataAxis axis) => new(
        axis.Name,
        axis.Length,
        axis.Role == AxisRole.Navigation ? "navigation" : "signal",
        axis.Unit.Length > 0 ? axis.Unit : null,
        axis.Scale,
        axis.Offset,
        axis.Values is null);
}
