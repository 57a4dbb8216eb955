using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DklActors.Learning.Engines;

/// <summary>
/// Packs a model's weights. Little-endian: magic <c>DKLM</c>, format (u32), the fingerprint of options and image (32
/// bytes), the sketch of the features (16 f32; not in format 1, whose fingerprint is of the features), number of
/// weights and of hyperparameters (i32 each), offset and scale of the targets (f64 each), the hyperparameters (f64),
/// the weights (f32), and the SHA-256 of all before it.
/// </summary>
internal static class StateCodec
{
    private const uint Magic = 0x4D4C_4B44;
    private const uint Format = 2;
    private const uint FormatWithoutSketch = 1;
    private const int HeaderSize = 4 + 4 + SHA256.HashSizeInBytes + 4 + 4 + 8 + 8;
    private const int SketchSize = FeatureFingerprint.SketchLength * sizeof(float);

    public static byte[] Encode(ModelWeights weights, FeatureFingerprint fingerprint)
    {
        byte[] content = new byte[SketchSize + SizeOf(weights.Network.Length, weights.Hyperparameters.Length)];
        Span<byte> rest = content;
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], Format);
        fingerprint.OfInputs.CopyTo(rest[8..]);
        rest = rest[(8 + SHA256.HashSizeInBytes)..];
        foreach (float value in fingerprint.Sketch)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, value);
            rest = rest[sizeof(float)..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, weights.Network.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], weights.Hyperparameters.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[8..], weights.Scaling.Offset);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[16..], weights.Scaling.Scale);
        rest = rest[24..];
        foreach (double value in weights.Hyperparameters)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
            rest = rest[sizeof(double)..];
        }

        foreach (float value in weights.Network)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, value);
            rest = rest[sizeof(float)..];
        }

        SHA256.HashData(content.AsSpan(0, content.Length - SHA256.HashSizeInBytes), rest);
        return content;
    }

    /// <param name="content">What <see cref="Encode"/> gave.</param>
    /// <param name="fingerprint">
    /// Of the options and image that the state must be of; null for a state of another run, of which the sizes alone
    /// can be told: that its options are the same is for who brings it to know.
    /// </param>
    /// <param name="weightCount">Weights of the network.</param>
    /// <param name="hyperparameterCount">Hyperparameters of the process.</param>
    /// <exception cref="InvalidDataException">
    /// Damaged, of another format, or of other options or another image.
    /// </exception>
    public static ModelWeights Decode(
        ReadOnlySpan<byte> content, FeatureFingerprint? fingerprint, int weightCount, int hyperparameterCount)
    {
        if (content.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(content) != Magic)
        {
            throw new InvalidDataException("The model state is not one of the managed engine (no DKLM at its start).");
        }

        uint format = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        if (format is not (Format or FormatWithoutSketch))
        {
            throw new InvalidDataException(
                $"The model state has format {format}; this version reads formats up to {Format}. Train again.");
        }

        int body = content.Length - SHA256.HashSizeInBytes;
        if (body < HeaderSize || !SHA256.HashData(content[..body]).AsSpan().SequenceEqual(content[body..]))
        {
            throw new InvalidDataException(
                $"The model state of {content.Length} bytes is damaged: its checksum is wrong. Train again.");
        }

        int sketch = format == Format ? SketchSize : 0;
        if (content.Length != sketch + SizeOf(weightCount, hyperparameterCount)
            || (fingerprint is not null && !IsOf(fingerprint, content, format == Format)))
        {
            throw new InvalidDataException(
                "The model state belongs to other learning options or another structural image, patch or mask. " +
                "Restore it with those it was trained with, or train again.");
        }

        return DecodeBody(content[(8 + SHA256.HashSizeInBytes + sketch)..], weightCount, hyperparameterCount);
    }

    private static bool IsOf(FeatureFingerprint fingerprint, ReadOnlySpan<byte> content, bool hasSketch) =>
        content.Slice(8, SHA256.HashSizeInBytes)
            .SequenceEqual(hasSketch ? fingerprint.OfInputs : fingerprint.OfFeatures)
        && fingerprint.Resembles(content.Slice(8 + SHA256.HashSizeInBytes, hasSketch ? SketchSize : 0));

    private static ModelWeights DecodeBody(ReadOnlySpan<byte> rest, int weightCount, int hyperparameterCount)
    {
        var scaling = new TargetScaling(
            BinaryPrimitives.ReadDoubleLittleEndian(rest[8..]), BinaryPrimitives.ReadDoubleLittleEndian(rest[16..]));
        rest = rest[24..];
        double[] hyperparameters = new double[hyperparameterCount];
        for (int i = 0; i < hyperparameters.Length; i++)
        {
            hyperparameters[i] = BinaryPrimitives.ReadDoubleLittleEndian(rest[(i * sizeof(double))..]);
        }

        rest = rest[(hyperparameterCount * sizeof(double))..];
        float[] network = new float[weightCount];
        for (int i = 0; i < network.Length; i++)
        {
            network[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(i * sizeof(float))..]);
        }

        return new ModelWeights(network, hyperparameters, scaling);
    }

    private static int SizeOf(int weightCount, int hyperparameterCount) =>
        HeaderSize + (hyperparameterCount * sizeof(double)) + (weightCount * sizeof(float)) + SHA256.HashSizeInBytes;
}
