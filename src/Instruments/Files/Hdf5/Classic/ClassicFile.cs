namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>
/// Reads an HDF5 file without the HDF5 library, after the HDF5 File Format Specification, version 3.0: what h5py,
/// HyperSpy, Velox and others write unless they are told to use the newest structures.
/// </summary>
/// <remarks>
/// The library itself ends the whole process on some damaged files, which a process that holds a beam must not risk.
/// Nothing that the file claims is believed before it is compared with the length of the file.
/// </remarks>
internal sealed class ClassicFile
{
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly Hdf5Bytes _file;
    private readonly HeaderReader _headers;
    private readonly AttributeReader _values;
    private readonly DatasetReader _datasets;

    private ClassicFile(Hdf5Bytes file, long root, bool isChecked)
    {
        _file = file;
        IsChecked = isChecked;
        _headers = new HeaderReader(file);
        var heap = new GlobalHeap(file);
        _values = new AttributeReader(file, heap);
        _datasets = new DatasetReader(file, _values, heap);
        RootAddress = root;
    }

    /// <summary>Whether its superblock has a checksum, and it was right.</summary>
    public bool IsChecked { get; }

    private long RootAddress { get; }

    public Hdf5Group Root => Open("", RootAddress) as Hdf5Group
        ?? throw _file.Damage("its root is no group");

    /// <summary>Where the signature stands; null where it is no HDF5 file.</summary>
    public static long? FindSignature(DataFile file)
    {
        Span<byte> start = stackalloc byte[8];
        for (long offset = 0; offset <= file.Length - 8; offset = offset == 0 ? 512 : offset * 2)
        {
            file.Read(offset, start);
            if (start.SequenceEqual(Signature))
            {
                return offset;
            }
        }

        return null;
    }

    /// <exception cref="DataFileException">No such file, or damaged.</exception>
    public static ClassicFile Open(DataFile file)
    {
        var plain = new Hdf5Bytes(file);
        if (FindSignature(file) is not { } at)
        {
            throw new DataFileException(
                file.Path, null, "this is no HDF5 file (the signature is missing)", "check which file it is");
        }

        byte[] block = plain.ReadUpTo(at, 128);
        var cursor = new Hdf5Cursor(plain, block);
        cursor.Skip(8);
        int version = cursor.Byte();
        switch (version)
        {
            case 0 or 1:
            {
                cursor.Skip(4);
                Hdf5Bytes sized = Sized(plain, cursor.Byte(), cursor.Byte(), 0);
                var rest = new Hdf5Cursor(sized, cursor.Rest);
                rest.Skip(1 + 4 + 4 + (version == 1 ? 4 : 0));
                long start = rest.Address();
                rest.Skip(3 * sized.AddressBytes);
                rest.Address();
                Hdf5Bytes file0 = Sized(plain, sized.AddressBytes, sized.LengthBytes, start);
                return new ClassicFile(file0, rest.Address(), false);
            }

            case 2 or 3:
            {
                Hdf5Bytes sized = Sized(plain, cursor.Byte(), cursor.Byte(), 0);
                var rest = new Hdf5Cursor(sized, cursor.Rest);
                rest.Skip(1);
                long start = rest.Address();
                rest.Skip(2 * sized.AddressBytes);
                long root = rest.Address();
                int length = block.Length - rest.Left;
                plain.RequireChecksum(block.AsSpan(0, length), rest.DoubleWord(), at);
                return new ClassicFile(Sized(plain, sized.AddressBytes, sized.LengthBytes, start), root, true);
            }

            default:
                throw plain.Unread($"its superblock has version {version}, and 0 to 3 are read");
        }
    }

    private static Hdf5Bytes Sized(Hdf5Bytes file, int addressBytes, int lengthBytes, long start) =>
        addressBytes is 4 or 8 && lengthBytes is 4 or 8 && start >= 0 && start < file.File.Length
            ? new Hdf5Bytes(file.File) { Base = start, AddressBytes = addressBytes, LengthBytes = lengthBytes }
            : throw file.Damage(
                $"addresses have {addressBytes} bytes, lengths {lengthBytes}, and it starts at {start}");

    /// <summary>The object at an address; null where it is neither group nor dataset.</summary>
    private Hdf5Object? Open(string path, long address)
    {
        List<HeaderMessage> messages = _headers.Read(address);
        List<Hdf5Attribute> attributes = [];
        foreach (HeaderMessage message in messages)
        {
            if (message is { Type: HeaderMessage.Attribute, IsShared: false }
                && _values.Read(message.Data) is { } attribute)
            {
                attributes.Add(attribute);
            }
            else if (message.Type == HeaderMessage.AttributeInfo && LinkReader.IsDense(_file, message.Data, 2))
            {
                throw Newer(path, "attributes");
            }
        }

        if (messages.Exists(static message => message.Type == HeaderMessage.Layout)
            && messages.Exists(static message => message.Type == HeaderMessage.Datatype))
        {
            return _datasets.Read(path, address, attributes, messages);
        }

        if (messages.Find(static message => message.Type == HeaderMessage.SymbolTable) is { Data: { } table })
        {
            return Group(path, address, attributes, new SymbolTableReader(_file).Read(table));
        }

        bool isGroup = messages.Exists(static message => message.Type is HeaderMessage.LinkInfo or HeaderMessage.Link);
        return isGroup ? Group(path, address, attributes, ReadLinks(path, messages)) : null;
    }

    private Dictionary<string, long> ReadLinks(string path, List<HeaderMessage> messages)
    {
        Dictionary<string, long> links = new(StringComparer.Ordinal);
        foreach (HeaderMessage message in messages)
        {
            if (message.Type == HeaderMessage.Link && LinkReader.Read(_file, message.Data) is { } link)
            {
                links.TryAdd(link.Name, link.Address);
            }
            else if (message.Type == HeaderMessage.LinkInfo && LinkReader.IsDense(_file, message.Data, 8))
            {
                throw Newer(path, "members");
            }
        }

        return links;
    }

    private Hdf5Group Group(
        string path, long address, List<Hdf5Attribute> attributes, Dictionary<string, long> members) => new(
            path, address, attributes, [.. members.Keys.Order(StringComparer.Ordinal)],
            name => Open($"{path}/{name}", members[name]));

    private NewerStructureException Newer(string path, string what) => new(_file.Unread(
        $"the {what} of {(path.Length == 0 ? "the root group" : path)} are kept in a structure newer than is read"));
}
