namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>How the pixels of an image are stored, by the number that the file gives.</summary>
internal static class PixelType
{
    /// <summary>Bytes of one pixel, and its type or why it is not read.</summary>
    public static (int Size, ElementType? Type, string? Problem) Of(int code, bool isBigEndian)
    {
        return code switch
        {
            1 => Number('i', 2),
            2 => Number('f', 4),
            6 or 14 => Number('u', 1),
            7 => Number('i', 4),
            9 => Number('i', 1),
            10 => Number('u', 2),
            11 => Number('u', 4),
            12 => Number('f', 8),
            39 => Number('i', 8),
            40 => Number('u', 8),
            3 => (8, null, "complex numbers"),
            13 => (16, null, "complex numbers"),
            5 or 27 or 28 => (0, null, "complex numbers, packed as a Fourier transform"),
            8 or 23 => (4, null, "colours (RGB)"),
            _ => (0, null, $"of data type {code}, which is not known"),
        };

        (int, ElementType?, string?) Number(char kind, int size) =>
            (size, new ElementType(kind, size, isBigEndian), null);
    }
}
