using System.Buffers.Binary;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Journal.Codecs;

/// <summary>
/// Raw frames and structural images as bytes: magic, kind, dimensions, axis, then float32 values, all little-endian.
/// The same frame always gives the same bytes, and so the same hash.
/// </summary>
public static class FrameCodec
{
    private const uint Magic = 0x31_4D_52_46; // "FRM1"
    private const int HeaderLength = 32;

    private enum Kind
    {
        Spectrum = 1,
        Pattern = 2,
    }

    public static ReadOnlyMemory<byte> Write(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        byte[] bytes = new byte[HeaderLength + (frame.Counts.Length * sizeof(float))];
        Span<byte> header = bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        switch (frame)
        {
            case SpectrumFrame spectrum:
                BinaryPrimitives.WriteInt32LittleEndian(header[4..], (int)Kind.Spectrum);
                BinaryPrimitives.WriteInt32LittleEndian(header[8..], 1);
                BinaryPrimitives.WriteInt32LittleEndian(header[12..], spectrum.Axis.Channels);
                BinaryPrimitives.WriteDoubleLittleEndian(header[16..], spectrum.Axis.Origin.Value);
                BinaryPrimitives.WriteDoubleLittleEndian(header[24..], spectrum.Axis.Dispersion.Value);
                break;
            case PatternFrame pattern:
                BinaryPrimitives.WriteInt32LittleEndian(header[4..], (int)Kind.Pattern);
                BinaryPrimitives.WriteInt32LittleEndian(header[8..], pattern.Shape.Rows);
                BinaryPrimitives.WriteInt32LittleEndian(header[12..], pattern.Shape.Columns);
                break;
            default:
                throw new ArgumentException($"{frame.GetType().Name} has no encoding.", nameof(frame));
        }

        FloatBytes.Write(frame.Counts.Span, header[HeaderLength..]);
        return bytes;
    }

    /// <exception cref="InvalidDataException">Not a frame, or cut short.</exception>
    public static Frame Read(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> header = content.Span;
        if (header.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            throw new InvalidDataException($"{content.Length} bytes that are not a stored frame.");
        }

        var kind = (Kind)BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int rows = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int columns = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (kind is Kind.Spectrum && rows != 1)
        {
            throw new InvalidDataException($"A stored spectrum of {rows} rows; it must have one.");
        }

        float[] counts = FloatBytes.Read(header[HeaderLength..], rows, columns);
        return kind switch
        {
            Kind.Spectrum => new SpectrumFrame(
                new EnergyAxis(
                    new ElectronVolt(BinaryPrimitives.ReadDoubleLittleEndian(header[16..])),
                    new ElectronVolt(BinaryPrimitives.ReadDoubleLittleEndian(header[24..])),
                    columns),
                counts),
            Kind.Pattern => new PatternFrame(new GridShape(rows, columns), counts),
            _ => throw new InvalidDataException($"A stored frame of unknown kind {(int)kind}."),
        };
    }
}
