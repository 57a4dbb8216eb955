using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Actors.Drifting;

/// <summary>What one look at the drift says.</summary>
/// <param name="Shift">How far the sample has moved since the first image, px.</param>
/// <param name="Quality">As of <see cref="ImageMatch"/>.</param>
/// <param name="Correlation">As of <see cref="ImageMatch"/>.</param>
/// <param name="Rejected">Why it is not trusted, or null.</param>
internal sealed record DriftEstimate(PixelShift Shift, double Quality, double Correlation, string? Rejected)
{
    // A second match nearly as good as the first makes either a guess.
    private const double LargestRival = 0.8;

    /// <summary>Compares an image with the first one: a pure function of what the journal holds.</summary>
    /// <param name="reference">The first structural image.</param>
    /// <param name="image">As large.</param>
    /// <param name="settings">How far to search, and what to trust.</param>
    /// <param name="before">What was known before: the search begins at the last good shift.</param>
    public static DriftEstimate Of(
        StructuralImage reference, StructuralImage image, DriftSettings settings, DriftState before)
    {
        double widest = Math.Max(settings.LargestShiftPixels, settings.LargestStepPixels);
        double radius = before.IsStale ? widest : Math.Min(widest, settings.LargestStepPixels * (1 + before.Missed));
        ImageMatch match = ImageRegistration.Match(
            reference.Values.Span, image.Values.Span, reference.Shape, new MatchOptions(before.Shift, radius));
        return new DriftEstimate(
            match.Shift, match.Quality, match.Correlation, ProblemOf(match, settings, before, radius));
    }

    /// <summary>What moved since the last good look, px a minute; null where no time is known.</summary>
    public static PixelShift? RateOf(PixelShift shift, TimeSpan? since, DriftState before) =>
        since is { TotalMinutes: > 0 and var minutes } ? (1 / minutes) * (shift - before.Shift) : null;

    /// <summary>
    /// What the last rate may add to the last shift: as much again as it told of. Who looks less often than that is
    /// guessing.
    /// </summary>
    public static PixelShift MostAhead(DriftState drift) =>
        drift is { RatePerMinute: { } rate, Since: { } since } ? since.TotalMinutes * rate : PixelShift.None;

    private static string? ProblemOf(ImageMatch match, DriftSettings settings, DriftState before, double radius) =>
        match switch
        {
            { Quality: var quality } when !(quality >= settings.LeastQuality) => FormattableString.Invariant(
                $"The quality of the match is {quality:F2}; the least that is trusted is {settings.LeastQuality:G3}."),
            { Chance: var chance } when !(chance <= settings.LargestChance) => FormattableString.Invariant(
                $"The match may be one by chance: another scene matches as well with a probability of {chance:G2}; ")
                + FormattableString.Invariant($"the largest that is trusted is {settings.LargestChance:G3}."),
            { Rival: >= LargestRival } => FormattableString.Invariant(
                $"It is ambiguous: a shift of {match.RivalShift} matches {100 * match.Rival:F0} % as well."),
            { Shift: var shift } when (shift - before.Shift).Length > radius - 1 => FormattableString.Invariant(
                $"The match is at the edge of the search, {radius:G3} px about {before.Shift}."),
            _ => null,
        };
}
