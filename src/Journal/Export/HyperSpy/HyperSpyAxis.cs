namespace DklActors.Journal.Export.HyperSpy;

/// <summary>An axis of a signal, in HyperSpy's terms.</summary>
/// <param name="Name">May be empty.</param>
/// <param name="Units">May be empty.</param>
/// <param name="Size">Number of elements along it.</param>
/// <param name="Offset">Value at index 0.</param>
/// <param name="Scale">Distance of two neighbours.</param>
/// <param name="IsNavigation">Whether it is an axis of the probe rather than of the detector.</param>
public sealed record HyperSpyAxis(
    string Name, string Units, int Size, double Offset, double Scale, bool IsNavigation = false)
{
    /// <summary>The value at each index where they are not evenly spaced; else null.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}
