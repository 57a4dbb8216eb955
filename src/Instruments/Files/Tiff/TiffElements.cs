using System.Buffers.Binary;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>Pixels of a page in strips or tiles, decompressed a row of pieces at a time.</summary>
internal sealed class TiffElements(
    TiffReader reader, ElementType type, TiffPieces pieces, TiffCompression compression, bool isPredicted)
    : BlockElements(type.Size, (long)pieces.Rows * pieces.Columns, pieces.PieceRows * pieces.Columns)
{
    protected override void Fill(long block, Span<byte> bytes)
    {
        int rows = bytes.Length / type.Size / pieces.Columns;
        int pieceRows = pieces.AreTiles ? pieces.PieceRows : rows;
        byte[] piece = new byte[(long)pieceRows * pieces.PieceColumns * type.Size];
        for (int across = 0; across < pieces.Across; across++)
        {
            int number = (int)(block * pieces.Across) + across;
            byte[] stored = reader.File.Read((long)pieces.Offsets[number], (long)pieces.Bytes[number]);
            try
            {
                TiffCompressions.Decode(compression, stored, piece);
            }
            catch (InvalidDataException exception)
            {
                throw reader.Damage($"piece {number} of a page cannot be read ({exception.Message})");
            }

            int width = Math.Min(pieces.PieceColumns, pieces.Columns - (across * pieces.PieceColumns));
            for (int row = 0; row < rows; row++)
            {
                Span<byte> line = piece.AsSpan(
                    row * pieces.PieceColumns * type.Size, pieces.PieceColumns * type.Size);
                if (isPredicted)
                {
                    Sum(line);
                }

                line[..(width * type.Size)].CopyTo(
                    bytes[(((row * pieces.Columns) + (across * pieces.PieceColumns)) * type.Size)..]);
            }
        }
    }

    /// <summary>Each pixel was stored as its difference to the one before.</summary>
    private void Sum(Span<byte> line)
    {
        ulong sum = 0;
        for (int at = 0; at < line.Length; at += type.Size)
        {
            Span<byte> pixel = line[at..];
            switch (type.Size, type.IsBigEndian)
            {
                case (1, _):
                    sum += pixel[0];
                    pixel[0] = (byte)sum;
                    break;
                case (2, true):
                    sum += BinaryPrimitives.ReadUInt16BigEndian(pixel);
                    BinaryPrimitives.WriteUInt16BigEndian(pixel, (ushort)sum);
                    break;
                case (2, false):
                    sum += BinaryPrimitives.ReadUInt16LittleEndian(pixel);
                    BinaryPrimitives.WriteUInt16LittleEndian(pixel, (ushort)sum);
                    break;
                case (4, true):
                    sum += BinaryPrimitives.ReadUInt32BigEndian(pixel);
                    BinaryPrimitives.WriteUInt32BigEndian(pixel, (uint)sum);
                    break;
                case (4, false):
                    sum += BinaryPrimitives.ReadUInt32LittleEndian(pixel);
                    BinaryPrimitives.WriteUInt32LittleEndian(pixel, (uint)sum);
                    break;
                case (_, true):
                    sum += BinaryPrimitives.ReadUInt64BigEndian(pixel);
                    BinaryPrimitives.WriteUInt64BigEndian(pixel, sum);
                    break;
                default:
                    sum += BinaryPrimitives.ReadUInt64LittleEndian(pixel);
                    BinaryPrimitives.WriteUInt64LittleEndian(pixel, sum);
                    break;
            }
        }
    }
}
