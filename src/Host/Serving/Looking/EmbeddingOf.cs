using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Looking;

/// <summary>Where the network puts the candidates: the space in which the Gaussian process sees them.</summary>
internal static class EmbeddingOf
{
    private const int MostCandidates = 20_000;

    /// <summary>Rows of row, column, x, y; null before the first model, and where it has no embedding of two.</summary>
    /// <remarks>Of more than 20,000 candidates every so many-th, and all measured ones.</remarks>
    public static FloatArray? Moment(Moment moment)
    {
        if (moment is not { Candidates: { } candidates, Posterior.Model: { } model }
            || ProcessOf(model) is not { } process)
        {
            return null;
        }

        int dimension = process.Dimension;
        HashSet<GridPoint> measured = [.. moment.State.Points.Values.Select(static point => point.Frame?.Patch)
            .OfType<GridPoint>()];
        int step = Math.Max(1, (candidates.Count + MostCandidates - 1) / MostCandidates);
        List<float> values = [];
        ReadOnlySpan<float> embeddings = process.Embeddings.Span;
        for (int candidate = 0; candidate < candidates.Count; candidate++)
        {
            GridPoint place = candidates.PointAt(candidate);
            if (candidate % step == 0 || measured.Contains(place))
            {
                values.Add(place.Row);
                values.Add(place.Column);
                values.Add(embeddings[candidate * dimension]);
                values.Add(dimension > 1 ? embeddings[(candidate * dimension) + 1] : 0);
            }
        }

        return new FloatArray(values.Count / 4, 4, [.. values], $"Embedding of model {model.Version}", "");
    }

    /// <summary>Of an ensemble the member with two dimensions that counts most.</summary>
    private static ProcessModel? ProcessOf(CandidateModel model) => model switch
    {
        ProcessModel process => process,
        MixtureModel mixture => mixture.Members
            .OrderByDescending(static member => member.Process.Dimension == 2)
            .ThenByDescending(static member => member.Weight)
            .First().Process,
        _ => null,
    };
}
