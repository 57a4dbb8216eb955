using System.Globalization;
using DklActors.Host.Composition;
using DklActors.Host.Journals;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Units;

namespace DklActors.Host.Estimating;

/// <summary>What a person should know before a run is started.</summary>
internal static class DryRunWarnings
{
    // Above it the map is measured rather than predicted.
    private const double LargeShare = 0.5;

    /// <param name="experiment">What would be run.</param>
    /// <param name="size">How much it measures.</param>
    /// <param name="dose">What each exposure costs.</param>
    /// <param name="freeBytes">Free space where the run would be kept; null where it cannot be told.</param>
    public static IEnumerable<string> Of(Experiment experiment, RunSize size, RunDose dose, long? freeBytes)
    {
        Recipe recipe = experiment.Recipe;
        return Limits(recipe.Limits, size, dose)
            .Concat(Candidates(size))
            .Concat(Disk(recipe.Limits.MinimumFreeDiskBytes, size, freeBytes))
            .Concat(Blanker(recipe.Microscope));
    }

    private static IEnumerable<string> Limits(LimitsSection limits, RunSize size, RunDose dose)
    {
        if (limits.DosePerPixel is { } highest && dose.PerPixel(dose.Reservation) > highest)
        {
            yield return $"No point will be exposed: one exposure may give a pixel {dose.PerPixel(dose.Reservation)} "
                + $"(its longest lease, and the survey's share), and limits.dosePerPixel is {highest}.";
        }

        if (limits.TotalElectrons is { } most && dose.ExposuresWithin(most) is var exposures
            && exposures < size.Exposures)
        {
            yield return Text(
                $"limits.totalElectrons of {most:G4} will end the run after {PointsOf(exposures, size)}.");
        }

        if (limits.Duration is { } longest && longest < size.Duration)
        {
            TimeSpan left = longest - size.Survey;
            long within = left > TimeSpan.Zero ? (long)(left / size.Each) : 0;
            yield return Text(
                $"limits.duration of {DurationText.Of(longest)} will end the run after {PointsOf(within, size)}.");
        }
    }

    private static IEnumerable<string> Candidates(RunSize size)
    {
        double share = (double)size.Points / size.Candidates;
        if (share > LargeShare)
        {
            yield return Text(
                $"{size.Points} of {size.Candidates} candidates are measured, {share:P0}: there is little to predict.");
        }

        if (size.Neighbours > 0)
        {
            yield return Text(
                $"Each scalar needs the frames of {size.Neighbours} neighbours, so a point takes up to ")
                + Text($"{size.Neighbours + 1} exposures; neighbours that are points already are not exposed again.");
        }
    }

    private static IEnumerable<string> Disk(long floor, RunSize size, long? freeBytes)
    {
        if (freeBytes is not { } free)
        {
            yield return "It cannot be told how much disk space is free where the run would be kept.";
        }
        else if (free < floor)
        {
            yield return $"{ByteText.Of(free)} are free on disk, less than limits.minimumFreeDisk of "
                + $"{ByteText.Of(floor)}: nothing will be exposed until there is more.";
        }
        else if (free - floor < size.Bytes)
        {
            yield return $"The run will take about {ByteText.Of(size.Bytes)}, and {ByteText.Of(free - floor)} are free "
                + $"on disk above limits.minimumFreeDisk: it will pause with the beam blanked.";
        }
    }

    private static IEnumerable<string> Blanker(MicroscopeSection microscope)
    {
        if (microscope is VirtualSection { Blanker: null })
        {
            yield return "The blanker is within the process, where no watchdog reaches it: name one outside with "
                + "microscope.blanker before there is a real beam.";
        }
    }

    private static string PointsOf(long exposures, RunSize size) =>
        Text($"about {exposures / (size.Neighbours + 1)} of {size.Points} points");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
