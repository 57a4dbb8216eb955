using DklActors.Actors.Budgeting;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>
/// Budgets end a run at the same point again: not before, and not after. What is exposed is corrected for the drift.
/// </summary>
internal sealed partial class VerificationWalk
{
    private void Budget(StoredEvent stored)
    {
        BudgetReached? was = stored.Event as BudgetReached;
        BudgetReached? now = stored.Event switch
        {
            ExposureIntended intended => Reached(
                intended.Point,
                _before.OnSample(intended.Point, intended.Requested, intended.ReadBack).NearestPixel,
                intended.ReservedElectrons),
            BudgetReached reached => Reached(reached.Point, reached.Pixel, reached.ReservedElectrons),
            _ => null,
        };
        Findings.Compare(stored, CheckedThing.Events, was is not null && now is not null
            ?
            [
                .. Difference.Of("budget", was.Budget, now.Budget),
                .. Difference.Of("used", was.Used, now.Used),
                .. Difference.Of("allowed", was.Allowed, now.Allowed),
                .. Difference.Of("reason", was.Reason, now.Reason),
            ]
            :
            [
                .. Difference.Of("end", WordsOf(was), WordsOf(now)),
                .. stored.Event is ExposureIntended corrected ? CorrectionOf(corrected) : [],
            ]);
    }

    private BudgetReached? Reached(PointId point, GridPoint pixel, double reserve) =>
        _before.Points.ContainsKey(point) && _before.Survey is { } survey
            ? BudgetRule.ReachedBefore(_settings.Budget, _before, point, pixel, reserve, survey.PixelSize)
            : null;

    private static string WordsOf(BudgetReached? reached) => reached is null
        ? "the run goes on with this point"
        : $"the budget {reached.Budget} ends the run here: {reached.Reason}";
}
