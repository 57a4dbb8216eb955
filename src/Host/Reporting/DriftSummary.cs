using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;

namespace DklActors.Host.Reporting;

/// <summary>The drift of a run's sample in numbers.</summary>
/// <param name="Looks">Scans that told of it, those that were rejected included.</param>
/// <param name="Rejected">Those of too low a quality.</param>
/// <param name="Lost">Scans of which no image came.</param>
/// <param name="RowsPx">How far the sample had moved in the end, along the rows.</param>
/// <param name="ColumnsPx">The same along the columns.</param>
/// <param name="RatePxPerMinute">How fast it moved in the end; null where that is not known.</param>
/// <param name="Electrons">Electrons that all of it cost.</param>
/// <param name="ShareOfDose">Those as a share of all of the run.</param>
internal sealed record DriftSummary(
    int Looks,
    int Rejected,
    int Lost,
    double RowsPx,
    double ColumnsPx,
    double? RatePxPerMinute,
    double Electrons,
    double ShareOfDose)
{
    /// <summary>Null where the drift was never looked at.</summary>
    public static DriftSummary? Of(ExperimentState state)
    {
        DriftState drift = state.Drift;
        return drift.Looks + drift.Lost == 0
            ? null
            : new DriftSummary(
                drift.Looks,
                drift.Rejected,
                drift.Lost,
                drift.Shift.Rows,
                drift.Shift.Columns,
                drift.RatePerMinute?.Length,
                drift.Electrons,
                drift.Electrons / Math.Max(1, state.Dose.TotalElectrons));
    }

    /// <summary>In words, for a terminal.</summary>
    public string Words => FormattableString.Invariant(
            $"moved by ({RowsPx:+0.00;-0.00}, {ColumnsPx:+0.00;-0.00}) px")
        + (RatePxPerMinute is { } rate ? FormattableString.Invariant($", {rate:G3} px/min") : string.Empty)
        + FormattableString.Invariant(
            $"; {Looks} looks, {Rejected} rejected, {Lost} lost, {100 * ShareOfDose:F1} % of the dose");
}
