using DklActors.Messages.Geometry;

namespace DklActors.Messages.Events;

/// <summary>
/// A budget is used up, and a point is not begun that would pass it. Nothing is planned or exposed any more; once
/// everything measured is learned from, the run is complete.
/// </summary>
/// <param name="Budget">Which.</param>
/// <param name="Point">The point that is not begun.</param>
/// <param name="Pixel">Where the probe stood for it.</param>
/// <param name="ReservedElectrons">What one exposure of it would have set aside.</param>
/// <param name="Used">What is used, in the unit of <see cref="BudgetKind"/>, by the events before this one.</param>
/// <param name="Allowed">The budget, in the same unit.</param>
/// <param name="Reason">The same in words.</param>
[JournalEvent("budget-reached", 1)]
public sealed record BudgetReached(
    BudgetKind Budget,
    PointId Point,
    GridPoint Pixel,
    double ReservedElectrons,
    double Used,
    double Allowed,
    string Reason) : JournalEvent;
