using DklActors.Actors.Budgeting;
using DklActors.Host.Composition;
using DklActors.Host.Running;

namespace DklActors.Host.Terminal;

/// <summary>How far the budgets of a run are used, on one line.</summary>
internal static class BudgetWords
{
    /// <summary>"electrons 34 %, duration 12 %": in percent of each budget.</summary>
    public static string Of(RunProgress now) => string.Join(", ", now.Budgets.Select(Word));

    private static string Word(BudgetUse use) => use.Used is null
        ? $"{Words.Kebab(use.Budget)} not yet known"
        : FormattableString.Invariant($"{Words.Kebab(use.Budget)} {100 * use.Share:F0} %");
}
