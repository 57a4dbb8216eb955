using System.Buffers.Binary;
using DklActors.Messages.Geometry;

namespace DklActors.Journal.Codecs;

/// <summary>A list of pixels as bytes: magic, number, row and column of each (i32, little-endian).</summary>
public static class PlacesCodec
{
    private const uint Magic = 0x31_53_4C_50; // "PLS1"
    private const int HeaderLength = 8;
    private const int PlaceLength = 8;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<GridPoint> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        byte[] bytes = new byte[HeaderLength + (places.Count * PlaceLength)];
        Span<byte> rest = bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], places.Count);
        rest = rest[HeaderLength..];
        foreach (GridPoint place in places)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, place.Row);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], place.Column);
            rest = rest[PlaceLength..];
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">Not a list of pixels, or cut short.</exception>
    public static GridPoint[] Read(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> bytes = content.Span;
        int count = bytes.Length >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])
            : -1;
        if (count < 0 || bytes.Length - HeaderLength != (long)count * PlaceLength)
        {
            throw new InvalidDataException($"{content.Length} bytes that are not a stored list of pixels.");
        }

        var places = new GridPoint[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> place = bytes[(HeaderLength + (i * PlaceLength))..];
            places[i] = new GridPoint(
                BinaryPrimitives.ReadInt32LittleEndian(place), BinaryPrimitives.ReadInt32LittleEndian(place[4..]));
        }

        return places;
    }
}
