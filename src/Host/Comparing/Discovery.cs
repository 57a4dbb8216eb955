namespace DklActors.Host.Comparing;

/// <summary>How soon the best of all candidates was measured.</summary>
/// <param name="Median">
/// Measurements, seed points included, in the median over seeds; null where half of the runs or fewer found it.
/// </param>
/// <param name="Found">Runs that found it.</param>
/// <param name="Runs">All runs.</param>
internal sealed record Discovery(double? Median, int Found, int Runs)
{
    public static Discovery Of(IEnumerable<ComparisonRun> runs)
    {
        // What was not found within the run would have taken longer, by an unknown number of measurements.
        double[] after =
        [
            .. runs.Where(run => run.Steps.Count > 0)
                .Select(run => run.Steps[^1].FoundAfter ?? double.PositiveInfinity).Order(),
        ];
        double median = after.Length == 0
            ? double.PositiveInfinity
            : (after[(after.Length - 1) / 2] + after[after.Length / 2]) / 2.0;
        return new Discovery(double.IsFinite(median) ? median : null, after.Count(double.IsFinite), after.Length);
    }
}
