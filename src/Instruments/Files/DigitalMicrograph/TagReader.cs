using System.Text;

namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>
/// Reads the tag tree of a DigitalMicrograph file, version 3 or 4. Arrays stay in the file, so that the tree of a
/// large file is read as fast as that of a small one.
/// </summary>
/// <remarks>
/// The format is not published by its maker; facts after C. Boothroyd, "Digital Micrograph file format", and
/// G. Jefferis, "DM3 image format". Counts and lengths are big-endian with 4 bytes in version 3 and 8 bytes in
/// version 4; values have the byte order that the header names. Nothing that the file claims is believed before it
/// is compared with what is left of the file.
/// </remarks>
internal sealed class TagReader
{
    private const int DeepestNesting = 64;
    private const int MostTags = 1_000_000;
    private const int LongestDescription = 4096;

    // Kind, length of the label, and an empty label.
    private const int LeastTagBytes = 3;
    private const byte GroupKind = 20;
    private const byte DataKind = 21;
    private const uint DataMark = 0x25252525;
    private const string Remedy = "the file is truncated or damaged, copy or save it again";

    private readonly Stream _stream;
    private readonly string _file;
    private readonly long _length;
    private int _wordBytes = 4;
    private int _tags;

    public TagReader(Stream stream, string file)
    {
        _stream = stream;
        _file = file;
        _length = stream.Length;
    }

    /// <summary>3 or 4.</summary>
    public int Version { get; private set; }

    /// <summary>Byte order of the values.</summary>
    public bool IsBigEndian { get; private set; }

    /// <exception cref="DataFileException">Not such a file, or damaged; says at which byte.</exception>
    public TagValue.Group ReadTree()
    {
        long version = ReadWord(4);
        if (version is not (3 or 4))
        {
            throw new DataFileException(
                _file, null, $"this is no DigitalMicrograph file of version 3 or 4 (it begins with {version:X8})",
                "save it as .dm3 or .dm4");
        }

        Version = (int)version;
        _wordBytes = Version == 3 ? 4 : 8;
        ReadWord(_wordBytes);
        long order = ReadWord(4);
        IsBigEndian = order switch
        {
            0 => true,
            1 => false,
            _ => throw Damage($"the byte order is {order}, and 0 or 1 is expected"),
        };
        return ReadGroup(1);
    }

    /// <summary>The text of an array of characters, without what follows a null character.</summary>
    /// <exception cref="DataFileException">Longer than any label, or the file ends.</exception>
    public string ReadText(TagValue.Block block)
    {
        const int LongestText = 4096;
        if (block.Type != TagType.Character || block.Count > LongestText)
        {
            throw new DataFileException(
                _file, null, $"at byte {block.Offset} a text is expected, and {block.Count} numbers of type "
                + $"{block.Type.Code} stand there", Remedy);
        }

        byte[] bytes = ReadBytes(block);
        string text = (IsBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    /// <summary>The bytes of an array in the file's byte order.</summary>
    public byte[] ReadBytes(TagValue.Block block)
    {
        byte[] bytes = new byte[block.Bytes];
        _stream.Position = block.Offset;
        Fill(bytes);
        return bytes;
    }

    private TagValue.Group ReadGroup(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Damage($"groups are nested more than {DeepestNesting} deep");
        }

        // Whether the group is sorted, and whether it was open on the screen.
        Skip(2);
        long count = ReadWord(_wordBytes);
        if (count < 0 || count > (_length - _stream.Position) / LeastTagBytes)
        {
            throw Damage($"a group claims {count} tags, and {_length - _stream.Position} bytes are left");
        }

        _tags += (int)Math.Min(count, MostTags + 1);
        if (_tags > MostTags)
        {
            throw Damage($"there are more than {MostTags} tags");
        }

        var entries = new List<(string, TagValue)>((int)count);
        for (long i = 0; i < count; i++)
        {
            entries.Add(ReadTag(depth));
        }

        return new TagValue.Group(entries);
    }

    private (string Name, TagValue Value) ReadTag(int depth)
    {
        Span<byte> kind = stackalloc byte[1];
        Fill(kind);
        byte[] label = new byte[ReadWord(2)];
        Fill(label);
        string name = Encoding.Latin1.GetString(label);
        if (Version == 4)
        {
            // Length of what follows: of no use to who reads it all.
            ReadWord(8);
        }

        return kind[0] switch
        {
            GroupKind => (name, ReadGroup(depth + 1)),
            DataKind => (name, ReadData()),
            _ => throw Damage($"a tag of kind {kind[0]} stands there, and {GroupKind} or {DataKind} is expected"),
        };
    }

    private TagValue ReadData()
    {
        if (ReadWord(4) != DataMark)
        {
            throw Damage("a tag's data do not begin with %%%%");
        }

        long length = ReadWord(_wordBytes);
        if (length is < 1 or > LongestDescription)
        {
            throw Damage($"a type is described in {length} numbers, and 1 to {LongestDescription} are expected");
        }

        long[] description = new long[length];
        for (int i = 0; i < description.Length; i++)
        {
            description[i] = ReadWord(_wordBytes);
        }

        return ReadValue(description);
    }

    private TagValue ReadValue(long[] description)
    {
        if (TagType.Find(description[0]) is { } type)
        {
            Span<byte> bytes = stackalloc byte[8];
            Fill(bytes[..type.Size]);
            return new TagValue.Number(type.Read(bytes, IsBigEndian));
        }

        long offset = _stream.Position;
        if (description is [TagType.ArrayCode, long element, long count] && TagType.Find(element) is { } elementType)
        {
            Skip(BytesOf(elementType.Size, count));
            return new TagValue.Block(offset, elementType, count);
        }

        int next = 0;
        long size = SizeOf(description, ref next, 1);
        Skip(size);
        return new TagValue.Skipped(offset, size);
    }

    /// <summary>Bytes of the value described from <paramref name="next"/> on, which is moved behind it.</summary>
    private long SizeOf(long[] description, ref int next, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Damage($"types are nested more than {DeepestNesting} deep");
        }

        long code = Take(description, ref next);
        switch (code)
        {
            case TagType.TextCode:
                return BytesOf(TagType.Character.Size, Take(description, ref next));
            case TagType.ArrayCode:
                long element = SizeOf(description, ref next, depth + 1);
                return BytesOf(element, Take(description, ref next));
            case TagType.StructureCode:
                // Length of the structure's name and the number of its fields, each the length of a name and a type.
                Take(description, ref next);
                long fields = Take(description, ref next);
                long sum = 0;
                for (long i = 0; i < fields; i++)
                {
                    Take(description, ref next);
                    sum = BytesOf(1, sum + SizeOf(description, ref next, depth + 1));
                }

                return sum;
            default:
                return TagType.Find(code)?.Size ?? throw Damage($"there is no type {code}");
        }
    }

    private long Take(long[] description, ref int next) => next < description.Length
        ? description[next++]
        : throw Damage("the description of a type ends too early");

    // A product beyond the file cannot be meant, so overflow needs no care of its own.
    private long BytesOf(long size, long count)
    {
        long left = _length - _stream.Position;
        return count >= 0 && (size == 0 || count <= left / size)
            ? size * count
            : throw Damage($"{count} elements of {size} bytes are announced, and {left} bytes are left");
    }

    private long ReadWord(int bytes)
    {
        Span<byte> word = stackalloc byte[8];
        Fill(word[..bytes]);
        return TagType.ReadStructural(word[..bytes]);
    }

    private void Skip(long bytes)
    {
        if (bytes > _length - _stream.Position)
        {
            throw Damage($"{bytes} bytes are announced, and {_length - _stream.Position} are left");
        }

        _stream.Position += bytes;
    }

    private void Fill(Span<byte> bytes)
    {
        long offset = _stream.Position;
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFileException(
                _file, null, $"the file ends at byte {_length}, and {bytes.Length} bytes from byte {offset} are needed",
                Remedy, exception);
        }
    }

    private DataFileException Damage(string problem) =>
        new(_file, null, $"at byte {_stream.Position}, {problem}", Remedy);
}
