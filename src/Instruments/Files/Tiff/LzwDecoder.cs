namespace DklActors.Instruments.Files.Tiff;

/// <summary>LZW as TIFF has it: codes of 9 to 12 bits, high bits first, one code earlier longer (TIFF 6.0, section 13).
/// </summary>
internal static class LzwDecoder
{
    private const int Clear = 256;
    private const int End = 257;
    private const int MostCodes = 4096;

    /// <returns>Number of bytes written.</returns>
    /// <exception cref="InvalidDataException">A code that was never made.</exception>
    public static int Decode(ReadOnlySpan<byte> stored, Span<byte> piece)
    {
        // A string is a string that was there before and one byte more.
        Span<short> before = new short[MostCodes];
        Span<byte> last = new byte[MostCodes];
        Span<short> length = new short[MostCodes];
        for (int i = 0; i < Clear; i++)
        {
            (last[i], length[i]) = ((byte)i, 1);
        }

        int next = End + 1, width = 9, previous = -1, written = 0;
        long bits = 0;
        int held = 0, at = 0;
        while (written < piece.Length)
        {
            while (held < width && at < stored.Length)
            {
                bits = (bits << 8) | stored[at++];
                held += 8;
            }

            if (held < width)
            {
                break;
            }

            int code = (int)(bits >> (held - width)) & ((1 << width) - 1);
            held -= width;
            bits &= (1L << held) - 1;
            if (code == End)
            {
                break;
            }

            if (code == Clear)
            {
                (next, width, previous) = (End + 1, 9, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0) || (previous < 0 && code >= Clear))
            {
                throw new InvalidDataException($"the LZW code {code} was never made");
            }

            if (previous >= 0 && next < MostCodes)
            {
                before[next] = (short)previous;
                length[next] = (short)(length[previous] + 1);
                last[next] = First(code == next ? previous : code, before, length, last);
                next++;
            }

            if (code >= next)
            {
                throw new InvalidDataException($"the LZW code {code} was never made");
            }

            written += Write(code, piece[written..], before, length, last);
            previous = code;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }

        return written;
    }

    private static byte First(int code, ReadOnlySpan<short> before, ReadOnlySpan<short> length, ReadOnlySpan<byte> last)
    {
        while (length[code] > 1)
        {
            code = before[code];
        }

        return last[code];
    }

    private static int Write(
        int code, Span<byte> to, ReadOnlySpan<short> before, ReadOnlySpan<short> length, ReadOnlySpan<byte> last)
    {
        int count = length[code];
        for (int i = count - 1; i >= 0; i--)
        {
            if (i < to.Length)
            {
                to[i] = last[code];
            }

            code = before[code];
        }

        return Math.Min(count, to.Length);
    }
}
