using System.Text;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Reads attributes and the values of single elements.</summary>
internal sealed class AttributeReader(Hdf5Bytes file, GlobalHeap heap)
{
    private const int MostElements = 100_000;

    /// <summary>An attribute; null where its type is none that is read here.</summary>
    public Hdf5Attribute? Read(ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int flags = cursor.Byte();
        int nameBytes = cursor.Word(), typeBytes = cursor.Word(), spaceBytes = cursor.Word();
        if (version is < 1 or > 3)
        {
            throw file.Damage($"an attribute has version {version}");
        }

        // A type that several objects share is not worth following for an attribute.
        if (version > 1 && (flags & 3) != 0)
        {
            return null;
        }

        if (version == 3)
        {
            cursor.Skip(1);
        }

        string name = new Hdf5Cursor(file, Padded(ref cursor, nameBytes, version)).TextToEnd();
        var type = ClassicType.Read(file, Padded(ref cursor, typeBytes, version));
        IReadOnlyList<long>? space = Dataspace.Read(file, Padded(ref cursor, spaceBytes, version));
        return space is null ? new Hdf5Attribute(name) : ValueOf(name, type, space, cursor.Rest);
    }

    /// <summary>What elements mean; null where their type is none that is read here.</summary>
    public Hdf5Attribute? ValueOf(
        string name, ClassicType type, IReadOnlyList<long> space, ReadOnlySpan<byte> bytes)
    {
        long count = space.Aggregate(1L, static (product, length) => Math.Min(product * length, int.MaxValue));
        if (count > MostElements || count * type.Size > bytes.Length)
        {
            return count > MostElements ? null : throw file.Damage($"the attribute '{name}' ends too early");
        }

        switch (type)
        {
            case { Number: { } number }:
                double[] numbers = new double[count];
                for (int i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = number.Read(bytes[(i * type.Size)..]);
                }

                return new Hdf5Attribute(name) { Numbers = numbers };
            case { Class: ClassicTypeClass.Text } or { Class: ClassicTypeClass.List, IsText: true }:
                string[] texts = new string[count];
                for (int i = 0; i < texts.Length; i++)
                {
                    texts[i] = TextOf(type, bytes.Slice(i * type.Size, type.Size));
                }

                return new Hdf5Attribute(name) { Texts = texts };
            case { Class: ClassicTypeClass.Reference, Size: 4 or 8 }
                or { Class: ClassicTypeClass.List, Element: { Class: ClassicTypeClass.Reference, Size: 4 or 8 } }:
                List<IReadOnlyList<long>> references = [];
                for (int i = 0; i < count; i++)
                {
                    references.Add(ReferencesOf(type, bytes.Slice(i * type.Size, type.Size)));
                }

                return new Hdf5Attribute(name) { References = references };
            default:
                return null;
        }
    }

    /// <summary>The text of one element.</summary>
    public string TextOf(ClassicType type, ReadOnlySpan<byte> element)
    {
        ReadOnlySpan<byte> text = type.Class == ClassicTypeClass.Text ? element : heap.Read(Reference(element), 1);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]).TrimEnd(' ');
    }

    private long[] ReferencesOf(ClassicType type, ReadOnlySpan<byte> element)
    {
        if (type.Class == ClassicTypeClass.Reference)
        {
            return [new Hdf5Cursor(file, element).Address()];
        }

        var list = new Hdf5Cursor(file, heap.Read(Reference(element), type.Element!.Size));
        List<long> found = [];
        while (list.Left >= type.Element.Size && found.Count < MostElements)
        {
            found.Add(list.Address());
        }

        return [.. found];
    }

    private ReadOnlySpan<byte> Reference(ReadOnlySpan<byte> element) => element.Length >= heap.ReferenceBytes
        ? element
        : throw file.Damage($"a reference of {element.Length} bytes stands there");

    private static ReadOnlySpan<byte> Padded(ref Hdf5Cursor cursor, int bytes, int version)
    {
        ReadOnlySpan<byte> taken = cursor.Take(bytes);
        if (version == 1)
        {
            cursor.SkipPadding(bytes);
        }

        return taken;
    }
}
