using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Designs;

/// <summary>
/// Seed points that a model chooses before a scalar is known: each is where a measurement, after those taken, would
/// lower the variance of the model's map most. What was measured changes no variance, so none of it counts.
/// </summary>
/// <remarks>
/// Greedy integrated variance reduction (<see cref="IntegratedVarianceReduction"/>), the sequential form of the IMSE
/// designs of Sacks, Welch, Mitchell and Wynn 1989 (Statist. Sci. 4, 409). The mean runs over places drawn once for the
/// design, from its seed, so that all its points serve the same end. Every taken point costs one row over all M
/// candidates, O(M·N), and every choice O(M·S·(N + d)).
/// </remarks>
public sealed class ModelDesign
{
    /// <summary>Most places S that stand for the map.</summary>
    public const int References = 256;

    /// <summary>Points beyond which every choice would cost more than a training that makes the design idle.</summary>
    public const int MostPoints = 200;

    private readonly ulong _seed;
    private Posterior _belief;

    /// <param name="model">What knows which places tell of which others; never anything about scalars.</param>
    /// <param name="seed">Seed of the design.</param>
    public ModelDesign(CandidateModel model, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        _seed = seed;
        _belief = Posterior.Condition(model, []);
    }

    /// <summary>A whole design, as it is where nothing else is measured.</summary>
    /// <param name="model">What chooses.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="seed">Seed of the design.</param>
    /// <param name="outside">Candidates of which nothing is asked; none where it is empty.</param>
    /// <returns><paramref name="count"/> different candidates, or all of them if there are fewer.</returns>
    public static ImmutableArray<int> Of(
        CandidateModel model, int count, ulong seed, ReadOnlySpan<bool> outside = default)
    {
        var design = new ModelDesign(model, seed);
        double[] scores = new double[model.Count];
        bool[] asked = outside.IsEmpty ? new bool[model.Count] : outside.ToArray();
        bool[] excluded = [.. asked];
        var chosen = ImmutableArray.CreateBuilder<int>();
        while (chosen.Count < count && design.Next(asked, excluded, scores) is >= 0 and int next)
        {
            design.Take(next);
            excluded[next] = true;
            chosen.Add(next);
        }

        return chosen.ToImmutable();
    }

    /// <summary>Notes a point that is measured, or will be.</summary>
    public void Take(int candidate) => _belief = _belief.Believe(candidate);

    /// <summary>Chooses the next point and does not take it.</summary>
    /// <param name="outside">A flag a candidate: no part of the map that is to be known.</param>
    /// <param name="excluded">A flag a candidate: it cannot be chosen. What lies outside is excluded too.</param>
    /// <param name="scores">
    /// Gets for each candidate the variance that it would take off the map's mean, in the model's unit squared.
    /// </param>
    /// <returns>The candidate, of equals the one of lowest number; −1 when none is left.</returns>
    public int Next(ReadOnlySpan<bool> outside, ReadOnlySpan<bool> excluded, Span<double> scores)
    {
        List<int> map = [];
        for (int i = 0; i < outside.Length; i++)
        {
            if (!outside[i])
            {
                map.Add(i);
            }
        }

        int[] references = Array.ConvertAll(CandidateSubset.Draw(map.Count, References, _seed), place => map[place]);
        if (references.Length == 0)
        {
            scores.Clear();
            return NextPoint.None;
        }

        IntegratedVarianceReduction.Score(_belief, references, scores);
        return NextPoint.Choose(scores, excluded);
    }
}
