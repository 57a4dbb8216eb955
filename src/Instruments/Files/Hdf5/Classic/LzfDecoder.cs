namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Undoes LZF (M. Lehmann, liblzf), the compression that h5py brings along.</summary>
internal static class LzfDecoder
{
    public static byte[] Decode(ReadOnlySpan<byte> bytes, int length)
    {
        byte[] decoded = new byte[length];
        int at = 0, to = 0;
        while (at < bytes.Length)
        {
            int control = bytes[at++];
            if (control < 32)
            {
                int count = control + 1;
                Require(at + count <= bytes.Length && to + count <= length);
                bytes.Slice(at, count).CopyTo(decoded.AsSpan(to));
                (at, to) = (at + count, to + count);
                continue;
            }

            int run = control >> 5;
            if (run == 7)
            {
                Require(at < bytes.Length);
                run += bytes[at++];
            }

            Require(at < bytes.Length);
            int from = to - ((control & 0x1F) << 8) - bytes[at++] - 1;
            run += 2;
            Require(from >= 0 && to + run <= length);
            for (int i = 0; i < run; i++)
            {
                decoded[to++] = decoded[from++];
            }
        }

        Require(to == length);
        return decoded;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("its LZF stream is damaged");
        }
    }
}
