namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Reads the messages of an object header, version 1 or 2, with its continuations.</summary>
internal sealed class HeaderReader(Hdf5Bytes file)
{
    private const int MostContinuations = 1000;
    private const int MostMessages = 100_000;
    private const int Version1Prefix = 16;

    public List<HeaderMessage> Read(long address)
    {
        byte[] start = file.ReadUpTo(address, 40);
        return start.AsSpan().StartsWith("OHDR"u8) ? ReadVersion2(address, start) : ReadVersion1(address, start);
    }

    private List<HeaderMessage> ReadVersion1(long address, byte[] start)
    {
        var cursor = new Hdf5Cursor(file, start);
        int version = cursor.Byte();
        cursor.Skip(1);
        int count = cursor.Word();
        cursor.Skip(4);
        long bytes = cursor.DoubleWord();
        if (version != 1)
        {
            throw file.Damage($"the object header at {address} has version {version}");
        }

        List<HeaderMessage> messages = [];
        Queue<(long Address, long Bytes)> blocks = new([(address + Version1Prefix, bytes)]);
        for (int read = 0; blocks.TryDequeue(out var block) && read < MostContinuations; read++)
        {
            var body = new Hdf5Cursor(file, file.Read(block.Address, block.Bytes));
            while (body.Left >= 8 && messages.Count < Math.Min(count, MostMessages))
            {
                int type = body.Word();
                int size = body.Word();
                int flags = body.Byte();
                body.Skip(3);
                Add(messages, blocks, type, flags, body.Take(size));
            }
        }

        return messages;
    }

    private List<HeaderMessage> ReadVersion2(long address, byte[] start)
    {
        var cursor = new Hdf5Cursor(file, start);
        cursor.Skip(4);
        int version = cursor.Byte();
        int flags = cursor.Byte();
        if (version != 2)
        {
            throw file.Damage($"the object header at {address} has version {version}");
        }

        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        long bytes = cursor.Number(1 << (flags & 3));
        int prefix = start.Length - cursor.Left;
        if (bytes < 0)
        {
            throw file.Damage($"the object header at {address} claims {bytes} bytes");
        }

        List<HeaderMessage> messages = [];
        Queue<(long Address, long Bytes, int Prefix)> blocks = new([(address, prefix + bytes + 4, prefix)]);
        for (int read = 0; blocks.TryDequeue(out var block) && read < MostContinuations; read++)
        {
            byte[] whole = file.Read(block.Address, block.Bytes);
            if (whole.Length < block.Prefix + 4)
            {
                throw file.Damage($"the header block at {block.Address} is too short");
            }

            file.RequireSignature(whole, read == 0 ? "OHDR"u8 : "OCHK"u8, block.Address);
            file.RequireChecksum(whole.AsSpan(..^4), BitConverter.ToUInt32(whole.AsSpan()[^4..]), block.Address);
            Queue<(long Address, long Bytes)> next = [];
            var body = new Hdf5Cursor(file, whole.AsSpan()[block.Prefix..^4]);
            int head = (flags & 4) != 0 ? 6 : 4;
            while (body.Left >= head && messages.Count < MostMessages)
            {
                int type = body.Byte();
                int size = body.Word();
                int messageFlags = body.Byte();
                body.Skip(head - 4);
                Add(messages, next, type, messageFlags, body.Take(size));
            }

            foreach ((long nextAddress, long nextBytes) in next)
            {
                blocks.Enqueue((nextAddress, nextBytes, 4));
            }
        }

        return messages;
    }

    private void Add(
        List<HeaderMessage> messages, Queue<(long Address, long Bytes)> blocks, int type, int flags,
        ReadOnlySpan<byte> data)
    {
        if (type == HeaderMessage.Continuation)
        {
            var cursor = new Hdf5Cursor(file, data);
            blocks.Enqueue((cursor.Address(), cursor.Length()));
        }

        messages.Add(new HeaderMessage(type, data.ToArray(), (flags & 2) != 0));
    }
}
