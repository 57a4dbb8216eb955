using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DklActors.Learning.Candidates;
using DklActors.Learning.Features;

namespace DklActors.Learning.Engines;

/// <summary>By what a stored state is known to belong to this network, on these features of these candidates.</summary>
/// <remarks>
/// Another instruction set rounds features otherwise, so that their bits cannot be asked for. The image, the candidates
/// and the options that they follow from are, bit for bit; and a sketch of the features themselves has to come near, or
/// they are computed otherwise than when the state was written.
/// </remarks>
internal sealed class FeatureFingerprint
{
    public const int SketchLength = 16;

    // Rounding differs in the seventh digit; features that are computed otherwise, or mirrored, differ in the first.
    private const double SketchTolerance = 1e-3;

    private readonly byte[] _ofInputs;
    private readonly byte[] _ofFeatures;
    private readonly float[] _sketch;

    /// <param name="network">Shape of network and kernel, in words.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="options">What the network sees of them.</param>
    /// <param name="features">The features that followed.</param>
    public FeatureFingerprint(
        string network, CandidateSet candidates, FeatureOptions options, FeatureMatrix features)
    {
        _ofInputs = HashOfInputs(network, candidates, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(network));
        features.AppendTo(hash);
        _ofFeatures = hash.GetHashAndReset();
        _sketch = SketchOf(features);
    }

    /// <summary>SHA-256 of what the features follow from.</summary>
    public ReadOnlySpan<byte> OfInputs => _ofInputs;

    /// <summary>SHA-256 of the features, as states of format 1 have it.</summary>
    public ReadOnlySpan<byte> OfFeatures => _ofFeatures;

    /// <summary>Weighted sums of the features of a few candidates.</summary>
    public ReadOnlySpan<float> Sketch => _sketch;

    /// <summary>Whether a stored sketch, or none, comes near to this one.</summary>
    public bool Resembles(ReadOnlySpan<byte> stored)
    {
        for (int i = 0; i < stored.Length / sizeof(float); i++)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(stored[(i * sizeof(float))..]);
            if (!(Math.Abs(value - _sketch[i]) <= SketchTolerance * (1 + Math.Abs(value))))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] HashOfInputs(string network, CandidateSet candidates, FeatureOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string scales = string.Join(
            ',', options.JetScalesInPixels.Select(scale => FormattableString.Invariant($"{scale:R}")));
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{network}{options.Pixels};{options.PrincipalComponents};{options.DihedralComponents};"
            + $"{options.RingComponents};{scales};{options.Position};{candidates.Window.Size};"
            + $"{candidates.Image.Shape};"));
        int[] pixels = [.. Enumerable.Range(0, candidates.Count).Select(
            i => candidates.Image.Shape.IndexOf(candidates.PointAt(i)))];
        hash.AppendData(MemoryMarshal.AsBytes(candidates.Image.Values.Span));
        hash.AppendData(MemoryMarshal.AsBytes<int>(pixels));
        return hash.GetHashAndReset();
    }

    // Each column has a weight of its own, so that two that changed places do not go unseen.
    private static float[] SketchOf(FeatureMatrix features)
    {
        int[] rows = [.. Enumerable.Range(0, SketchLength).Select(i => (int)((long)i * features.Count / SketchLength))];
        float[] values = features.Gather(rows);
        float[] sketch = new float[SketchLength];
        for (int i = 0; i < SketchLength; i++)
        {
            double sum = 0;
            for (int column = 0; column < features.Width; column++)
            {
                sum += values[(i * features.Width) + column] / (1.0 + column);
            }

            sketch[i] = (float)sum;
        }

        return sketch;
    }
}
