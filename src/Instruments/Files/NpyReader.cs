using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files;

/// <summary>Reads <c>.npy</c> data from a stream whose length is known.</summary>
internal static class NpyReader
{
    /// <summary>Most bytes that one array may take here: what one .NET byte array holds.</summary>
    public const long MostBytes = 0x7FFFFFC7;

    /// <param name="stream">At the start of the array's header.</param>
    /// <param name="streamBytes">What the file or archive says of the length, before any of it is believed.</param>
    /// <param name="file">For errors.</param>
    /// <param name="array">For errors; null where the file is the array.</param>
    /// <exception cref="DataFileException">Not an array, too large, truncated, or with bytes left over.</exception>
    public static DataArray Read(Stream stream, long streamBytes, string file, string? array)
    {
        try
        {
            NpyHeader header = NpyHeader.Read(stream, file, array);
            if (header.DataBytes > MostBytes)
            {
                throw new DataFileException(
                    file, array,
                    $"the array of shape {DataArray.TextOf(header.Shape)} takes {header.DataBytes} bytes, and at most "
                    + $"{MostBytes} can be held", "cut or bin it, or store a smaller element type");
            }

            // Checked before the memory is taken: a damaged header must not ask for gigabytes.
            RequireLength(header, streamBytes, file, array);
            byte[] data = new byte[header.DataBytes];
            stream.ReadExactly(data);
            return new DataArray(header.Type, header.Shape, new MemoryElements(data, header.Type.Size));
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFileException(
                file, array, $"the data end before the array does ({streamBytes} bytes are announced)",
                "the file is truncated, copy or save it again", exception);
        }
    }

    /// <summary>Reads the header; the elements stay in the file.</summary>
    /// <param name="file">Where the array lies.</param>
    /// <param name="offset">Where its header begins.</param>
    /// <param name="bytes">Length of header and data.</param>
    /// <param name="name">For errors.</param>
    /// <param name="array">For errors; null where the file is the array.</param>
    /// <exception cref="DataFileException">Not an array, truncated, or with bytes left over.</exception>
    public static DataArray Open(DataFile file, long offset, long bytes, string name, string? array)
    {
        try
        {
            const int MostHeaderBytes = 16_384;
            byte[] start = file.Read(offset, Math.Min(bytes, MostHeaderBytes));
            NpyHeader header = NpyHeader.Read(new MemoryStream(start), name, array);
            RequireLength(header, bytes, name, array);
            return new DataArray(
                header.Type, header.Shape, new FileElements(file, offset + header.HeaderBytes, header.Type.Size));
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFileException(
                name, array, $"the data end before the array does ({bytes} bytes are announced)",
                "the file is truncated, copy or save it again", exception);
        }
    }

    private static void RequireLength(NpyHeader header, long bytes, string file, string? array)
    {
        if (header.HeaderBytes + header.DataBytes != bytes)
        {
            throw new DataFileException(
                file, array,
                $"the array of shape {DataArray.TextOf(header.Shape)} and type {header.Type} needs "
                + $"{header.HeaderBytes + header.DataBytes} bytes, and {bytes} are there",
                "the file is truncated or damaged, copy or save it again");
        }
    }
}
