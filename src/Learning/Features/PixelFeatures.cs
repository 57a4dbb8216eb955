using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>
/// The raw pixels of every candidate's patch, as the published method uses them, standardised. Cut from the image
/// whenever they are asked for: together they would take as many times the image's memory as a patch has pixels.
/// </summary>
internal sealed class PixelFeatures
{
    private readonly CandidateSet _candidates;
    private readonly ColumnScale[] _scales;

    /// <exception cref="ArgumentException">The image's values overflow.</exception>
    public PixelFeatures(CandidateSet candidates)
    {
        _candidates = candidates;
        double[] sums = new double[candidates.Window.PixelCount], squares = new double[sums.Length];
        float[] patch = new float[sums.Length];
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, patch);
            for (int p = 0; p < sums.Length; p++)
            {
                sums[p] += patch[p];
            }
        }

        double[] means = Array.ConvertAll(sums, sum => sum / candidates.Count);
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, patch);
            for (int p = 0; p < squares.Length; p++)
            {
                double difference = patch[p] - means[p];
                squares[p] += difference * difference;
            }
        }

        _scales = [.. means.Zip(squares, (mean, sum) => ColumnScale.Of(mean, sum, candidates.Count, "pixels"))];
    }

    public int Width => _scales.Length;

    public ReadOnlySpan<ColumnScale> Scales => _scales;

    /// <param name="candidate">Number of the candidate.</param>
    /// <param name="destination">Receives <see cref="Width"/> values.</param>
    public void CopyRow(int candidate, Span<float> destination)
    {
        _candidates.CutPatch(candidate, destination);
        for (int p = 0; p < _scales.Length; p++)
        {
            destination[p] = _scales[p].Apply(destination[p]);
        }
    }
}
