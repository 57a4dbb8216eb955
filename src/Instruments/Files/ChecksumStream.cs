namespace DklActors.Instruments.Files;

/// <summary>Passes reads through and keeps their CRC-32 (ISO 3309, as in zip): the framework checks none.</summary>
internal sealed class ChecksumStream(Stream inner) : Stream
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    private uint _register = uint.MaxValue;

    /// <summary>CRC-32 of all that was read so far.</summary>
    public uint Checksum => ~_register;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        Update(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Eight bytes at a time ("slicing-by-8", Kounavis and Berry, IEEE ISCC 2005).</summary>
    private void Update(ReadOnlySpan<byte> bytes)
    {
        uint crc = _register;
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

        _register = crc;
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
