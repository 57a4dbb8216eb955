using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using DklActors.Learning.Scoring;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// What an ensemble's training left. Packed little-endian: magic <c>DKLE</c>, format (u32), number of members (i32),
/// degrees of freedom and scale of the predictive shape (f64 each), then for each member its weight (f64), the length
/// of its own state (i32; 0 where it failed) and that state, and at the end the SHA-256 of all before it.
/// </summary>
/// <param name="Shape">What a predicted deviation means.</param>
/// <param name="Weights">One a member; 0 for one that is not used.</param>
/// <param name="States">Their own states; empty for one that failed.</param>
internal sealed record EnsembleState(
    PredictiveShape Shape, ImmutableArray<double> Weights, ImmutableArray<ReadOnlyMemory<byte>> States)
{
    private const uint Magic = 0x454C_4B44;
    private const uint Format = 1;
    private const int HeaderSize = 4 + 4 + 4 + 8 + 8;
    private const int MemberHeaderSize = 8 + 4;

    public byte[] Encode()
    {
        byte[] content = new byte[
            HeaderSize + States.Sum(state => MemberHeaderSize + state.Length) + SHA256.HashSizeInBytes];
        Span<byte> rest = content;
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], Format);
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], States.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[12..], Shape.DegreesOfFreedom);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[20..], Shape.Scale);
        rest = rest[HeaderSize..];
        for (int k = 0; k < States.Length; k++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, Weights[k]);
            BinaryPrimitives.WriteInt32LittleEndian(rest[8..], States[k].Length);
            States[k].Span.CopyTo(rest[MemberHeaderSize..]);
            rest = rest[(MemberHeaderSize + States[k].Length)..];
        }

        SHA256.HashData(content.AsSpan(0, content.Length - SHA256.HashSizeInBytes), rest);
        return content;
    }

    /// <param name="content">What <see cref="Encode"/> gave.</param>
    /// <param name="members">Number of members there must be.</param>
    /// <exception cref="InvalidDataException">Damaged, of another format, or of another ensemble.</exception>
    public static EnsembleState Decode(ReadOnlyMemory<byte> content, int members)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException("The model state is not one of an ensemble (no DKLE at its start).");
        }

        uint format = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (format != Format)
        {
            throw new InvalidDataException(
                $"The ensemble's state has format {format}; this version reads format {Format}. Train again.");
        }

        if (!SHA256.HashData(bytes[..body]).AsSpan().SequenceEqual(bytes[body..]))
        {
            throw new InvalidDataException(
                $"The ensemble's state of {bytes.Length} bytes is damaged: its checksum is wrong. Train again.");
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (count != members)
        {
            throw new InvalidDataException(
                $"The ensemble's state has {count} members, and the options name {members}. Train again.");
        }

        return DecodeMembers(content[..body], count);
    }

    private static EnsembleState DecodeMembers(ReadOnlyMemory<byte> content, int count)
    {
        var shape = new PredictiveShape(
            BinaryPrimitives.ReadDoubleLittleEndian(content.Span[12..]),
            BinaryPrimitives.ReadDoubleLittleEndian(content.Span[20..]));
        double[] weights = new double[count];
        var states = new ReadOnlyMemory<byte>[count];
        ReadOnlyMemory<byte> rest = content[HeaderSize..];
        for (int k = 0; k < count; k++)
        {
            int length = rest.Length >= MemberHeaderSize ? BinaryPrimitives.ReadInt32LittleEndian(rest.Span[8..]) : -1;
            if (length < 0 || length > rest.Length - MemberHeaderSize)
            {
                throw new InvalidDataException($"The ensemble's state ends within member {k + 1} of {count}.");
            }

            weights[k] = BinaryPrimitives.ReadDoubleLittleEndian(rest.Span);
            states[k] = rest.Slice(MemberHeaderSize, length);
            rest = rest[(MemberHeaderSize + length)..];
        }

        return new EnsembleState(shape, [.. weights], [.. states]);
    }
}
