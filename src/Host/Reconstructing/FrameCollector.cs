using System.Collections.Immutable;
using DklActors.Host.Composition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;

namespace DklActors.Host.Reconstructing;

/// <summary>
/// Measures chosen candidates of a recipe's microscope at once: its answer to the recipe's dwell, noise and all,
/// without waiting for the clock.
/// </summary>
internal sealed class FrameCollector(Experiment experiment, VectorOptions options, Action<string> say)
{
    private const int Rounds = 4;

    // Of the points, before the model chooses. With a quarter, places unlike those it chose were trusted too much.
    private const double SpreadShare = 0.5;

    /// <param name="image">The structural image.</param>
    /// <param name="amount">How many points.</param>
    /// <param name="choice">Which.</param>
    /// <param name="cancellationToken">Noticed between rounds and epochs.</param>
    /// <exception cref="Commands.UsageException">Too few or too many points.</exception>
    public MeasuredFrames Collect(
        StructuralImage image, MeasuredAmount amount, PointChoice choice, CancellationToken cancellationToken)
    {
        var candidates = CandidateSet.Create(image, experiment.Recipe.Patch);
        int total = amount.Among(candidates.Count);
        bool isAdaptive = choice == PointChoice.MaximumUncertainty;
        int spread = isAdaptive ? (int)Math.Ceiling(total * SpreadShare) : total;
        MeasuredFrames measured = Measure(
            candidates, SeedDesign.SpaceFilling(candidates, spread, options.Seed), choice);
        for (int round = 1; isAdaptive && round <= Rounds; round++)
        {
            int wanted = (total - measured.Measured.Count) / (Rounds - round + 1);
            say($"round {round} of {Rounds}: {measured.Measured.Count} frames measured, {wanted} more to choose");
            IReadOnlyList<int> next = Next(measured, wanted, cancellationToken);
            measured = Measure(candidates, [.. measured.Measured, .. next], choice);
        }

        return measured;
    }

    private IReadOnlyList<int> Next(MeasuredFrames measured, int count, CancellationToken cancellationToken)
    {
        MeasuredFrames usable = measured.Usable();
        VectorModel model = new VectorLearner(measured.Candidates, options)
            .Learn(usable.Measured, usable.Values, cancellationToken);
        return model.Components.Count > 0
            ? UncertaintyDesign.Choose(model, [.. measured.Measured], count)
            : Farthest(measured, count);
    }

    // Where nothing stands out of the noise yet, no place is less sure than another.
    private static List<int> Farthest(MeasuredFrames measured, int count)
    {
        List<int> taken = [.. measured.Measured];
        while (taken.Count < measured.Measured.Count + count)
        {
            taken.Add(SeedDesign.FarthestFrom(measured.Candidates, taken));
        }

        return taken[measured.Measured.Count..];
    }

    private MeasuredFrames Measure(CandidateSet candidates, ImmutableArray<int> points, PointChoice choice) => new(
        candidates,
        points,
        [
            .. points.Select(candidate =>
                experiment.RequireTruth().MeasuredAt(candidates.PointAt(candidate), experiment.Recipe.Seed)),
        ],
        Words.Kebab(choice));
}
