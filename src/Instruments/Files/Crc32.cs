namespace DklActors.Instruments.Files;

/// <summary>CRC-32 (ISO 3309), as in zip archives and of a bridge's arrays.</summary>
internal static class Crc32
{
    /// <summary>The register before the first byte.</summary>
    public const uint Seed = uint.MaxValue;

    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(Seed, bytes);

    /// <summary>Eight bytes at a time ("slicing-by-8", Kounavis and Berry, IEEE ISCC 2005).</summary>
    /// <returns>The register; its complement is the checksum.</returns>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            crc = Tables[7][(byte)(crc ^ bytes[0])] ^ Tables[6][(byte)((crc >> 8) ^ bytes[1])]
                ^ Tables[5][(byte)((crc >> 16) ^ bytes[2])] ^ Tables[4][(byte)((crc >> 24) ^ bytes[3])]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
        }

        foreach (byte value in bytes)
        {
            crc = Tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Slices).Select(static _ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            tables[0][i] = crc;
        }

        for (int slice = 1; slice < Slices; slice++)
        {
            for (int i = 0; i < 256; i++)
            {
                uint previous = tables[slice - 1][i];
                tables[slice][i] = tables[0][(byte)previous] ^ (previous >> 8);
            }
        }

        return tables;
    }
}
