using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// The electrons that a virtual column has sent into the sample so far, whoever left the beam on: what a dose
/// ledger is checked against.
/// </summary>
/// <param name="Grid">Grid of the structural image.</param>
/// <param name="ElectronsByPoint">Electrons per grid point, row-major; places off the grid count at its rim.</param>
/// <param name="TotalElectrons">Electrons in all.</param>
/// <param name="BeamOnTime">How long the beam was unblanked in all.</param>
public sealed record DeliveredDose(
    GridShape Grid, ReadOnlyMemory<double> ElectronsByPoint, double TotalElectrons, TimeSpan BeamOnTime)
{
    public double ElectronsAt(GridPoint point) => ElectronsByPoint.Span[Grid.IndexOf(point)];
}
