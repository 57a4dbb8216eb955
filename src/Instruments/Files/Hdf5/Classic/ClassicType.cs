namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>A datatype of an HDF5 file, as far as it is read here.</summary>
internal sealed record ClassicType(ClassicTypeClass Class, int Size)
{
    private const int DeepestType = 8;
    private const int MostFields = 256;

    /// <summary>What NumPy calls it; null where it is no plain number.</summary>
    public ElementType? Number { get; private init; }

    /// <summary>Type of the elements of an array, a list or an enumeration.</summary>
    public ClassicType? Element { get; private init; }

    /// <summary>Whether a list of characters is a text.</summary>
    public bool IsText { get; private init; }

    public IReadOnlyList<(string Name, int Offset, ClassicType Type)> Fields { get; private init; } = [];

    public string Words => Class switch
    {
        ClassicTypeClass.Integer or ClassicTypeClass.Float => $"numbers of {Size} bytes of an uncommon kind",
        ClassicTypeClass.Compound when Fields is [{ Name: "r" }, { Name: "i" }] => "complex numbers",
        ClassicTypeClass.List when IsText => "texts",
        ClassicTypeClass.List => "lists of differing length (a ragged array)",
        _ => $"{Class.ToString().ToLowerInvariant()}s",
    };

    public static ClassicType Read(Hdf5Bytes file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        return Read(file, ref cursor, 0);
    }

    private static ClassicType Read(Hdf5Bytes file, ref Hdf5Cursor cursor, int depth)
    {
        if (depth > DeepestType)
        {
            throw file.Damage($"types are nested more than {DeepestType} deep");
        }

        int head = cursor.Byte();
        (int code, int version) = (head & 0x0F, head >> 4);
        int bits = cursor.Byte() | (cursor.Byte() << 8) | (cursor.Byte() << 16);
        long size = cursor.DoubleWord();
        if (size > int.MaxValue || size == 0)
        {
            throw file.Damage($"a type of {size} bytes is described");
        }

        var type = new ClassicType((ClassicTypeClass)code, (int)size);
        switch (type.Class)
        {
            case ClassicTypeClass.Integer:
                bool isWhole = cursor.Word() == 0 && cursor.Word() == 8 * size;
                return type with
                {
                    Number = isWhole && size is 1 or 2 or 4 or 8
                        ? new ElementType((bits & 8) != 0 ? 'i' : 'u', (int)size, (bits & 1) != 0)
                        : null,
                };
            case ClassicTypeClass.Float:
                cursor.Skip(12);
                return type with
                {
                    Number = size is 2 or 4 or 8 && (bits & 0x40) == 0
                        ? new ElementType('f', (int)size, (bits & 1) != 0)
                        : null,
                };
            case ClassicTypeClass.Enumeration:
                ClassicType basis = Read(file, ref cursor, depth + 1);
                return type with { Number = basis.Number, Element = basis };
            case ClassicTypeClass.List:
                return type with { Element = Read(file, ref cursor, depth + 1), IsText = (bits & 0x0F) == 1 };
            case ClassicTypeClass.Compound:
                return type with { Fields = ReadFields(file, ref cursor, bits & 0xFFFF, version, (int)size, depth) };
            default:
                return type;
        }
    }

    private static List<(string, int, ClassicType)> ReadFields(
        Hdf5Bytes file, ref Hdf5Cursor cursor, int count, int version, int size, int depth)
    {
        List<(string, int, ClassicType)> fields = [];
        for (int i = 0; i < Math.Min(count, MostFields); i++)
        {
            string name = cursor.TextToEnd();
            int nameBytes = cursor.Rest.IndexOf((byte)0) + 1;
            cursor.Skip(nameBytes > 0 ? nameBytes : cursor.Left + 1);
            if (version < 3)
            {
                cursor.SkipPadding(nameBytes);
            }

            long offset = cursor.Number(version < 3 ? 4 : size < 256 ? 1 : size < 65_536 ? 2 : size < 1 << 24 ? 3 : 4);
            if (version == 1)
            {
                // Dimensions of a field that is an array itself: none is wanted.
                cursor.Skip(28);
            }

            ClassicType type = Read(file, ref cursor, depth + 1);
            if (offset < 0 || offset + type.Size > size)
            {
                throw file.Damage($"the field '{name}' lies outside its compound");
            }

            fields.Add((name, (int)offset, type));
        }

        return fields;
    }
}
