using System.Buffers.Binary;
using System.Text;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Journal.Codecs;

/// <summary>The structural image as bytes: magic, dimensions, pixel size, channel name, float32 values.</summary>
public static class ImageCodec
{
    private const uint Magic = 0x31_47_4D_49; // "IMG1"
    private const int HeaderLength = 24;

    public static ReadOnlyMemory<byte> Write(StructuralImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] channel = Encoding.UTF8.GetBytes(image.Channel);
        byte[] bytes = new byte[HeaderLength + channel.Length + (image.Values.Length * sizeof(float))];
        Span<byte> header = bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], image.Shape.Rows);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], image.Shape.Columns);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], channel.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(header[16..], image.PixelSize.Value);
        channel.CopyTo(header[HeaderLength..]);
        FloatBytes.Write(image.Values.Span, header[(HeaderLength + channel.Length)..]);
        return bytes;
    }

    /// <exception cref="InvalidDataException">Not an image, or cut short.</exception>
    public static StructuralImage Read(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        int channelLength = bytes.Length >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes[12..])
            : -1;
        if (channelLength < 0 || channelLength > bytes.Length - HeaderLength)
        {
            throw new InvalidDataException($"{content.Length} bytes that are not a stored image.");
        }

        var shape = new GridShape(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        ReadOnlySpan<byte> values = bytes[(HeaderLength + channelLength)..];
        return new StructuralImage(
            Encoding.UTF8.GetString(bytes.Slice(HeaderLength, channelLength)),
            shape,
            new Nanometre(BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..])),
            FloatBytes.Read(values, shape.Rows, shape.Columns));
    }
}
