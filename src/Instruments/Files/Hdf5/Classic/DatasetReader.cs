using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Makes a dataset from the messages of its header.</summary>
internal sealed class DatasetReader(Hdf5Bytes file, AttributeReader values, GlobalHeap heap)
{
    private const int ExternalFiles = 0x07;
    private const long LargestChunk = 512L << 20;
    private const int MostTexts = 100_000;

    // Deflate yields at most 1,032 bytes for one (RFC 1951); what was never written takes no bytes at all.
    private const long LargestRatio = 1032;
    private const long AlwaysAllowed = 256L << 20;

    public Hdf5Dataset Read(
        string path, long address, IReadOnlyList<Hdf5Attribute> attributes, IReadOnlyList<HeaderMessage> messages)
    {
        var type = ClassicType.Read(file, TypeMessage(messages));
        long[] lengths = [.. Dataspace.Read(file, DataOf(messages, HeaderMessage.Dataspace, path)) ?? [0]];
        int[] shape = [.. lengths.Select(length => length <= int.MaxValue
            ? (int)length
            : throw file.Unread($"the dataset {path} has a dimension of {length}, more than is read here"))];
        double bytes = lengths.Aggregate((double)type.Size, static (product, length) => product * length);
        double limit = Math.Max((double)file.File.Length * LargestRatio, AlwaysAllowed);
        if (bytes > limit)
        {
            throw file.Damage($"the dataset {path} claims {bytes:G4} bytes in a file of {file.File.Length}");
        }

        (ElementStore? store, string? problem) = messages.Any(static message => message.Type == ExternalFiles)
            ? (null, "kept in other files")
            : StoreOf(path, messages, lengths, type.Size, (long)bytes);
        ElementType? number = type.Number;
        return new Hdf5Dataset(path, address, attributes, shape)
        {
            Type = number,
            TypeText = type.Words,
            Store = store,
            Problem = problem,
            ReadTexts = TextsOf(type, store, lengths),
            Fields = FieldsOf(type, store, lengths),
        };
    }

    private (ElementStore? Store, string? Problem) StoreOf(
        string path, IReadOnlyList<HeaderMessage> messages, long[] shape, int elementSize, long bytes)
    {
        byte[] data = DataOf(messages, HeaderMessage.Layout, path);
        var layout = LayoutReader.Read(file, data);
        switch (layout.Kind)
        {
            case LayoutKind.Compact when layout.Compact.Length >= bytes:
                return (new MemoryElements(layout.Compact, elementSize), null);
            case LayoutKind.Contiguous when layout.Address < 0:
                return (new ZeroElements(), null);
            case LayoutKind.Contiguous when file.Base + layout.Address <= file.File.Length - bytes:
                return (new FileElements(file.File, file.Base + layout.Address, elementSize), null);
            case LayoutKind.Chunked:
                break;
            case LayoutKind.Other:
                return (null, layout.Problem);
            default:
                throw file.Damage($"the dataset {path} needs {bytes} bytes, more than the file holds");
        }

        byte[]? filters = messages.FirstOrDefault(static message => message.Type == HeaderMessage.Filters).Data;
        FilterPipeline pipeline = filters is null ? FilterPipeline.None : FilterPipeline.Read(file, filters);
        if (pipeline.Unknown is { } unknown)
        {
            return (null, $"compressed with {unknown}, which is not read here");
        }

        int[] chunk = layout.Chunk;
        double chunkBytes = chunk.Aggregate((double)elementSize, static (product, length) => product * length);
        if (chunk.Length != shape.Length || chunk.Any(static length => length < 1) || chunkBytes > LargestChunk
            || chunkBytes > Math.Max((double)file.File.Length * LargestRatio, 1 << 20))
        {
            throw file.Damage($"the dataset {path} has chunks of {chunkBytes:G4} bytes");
        }

        var index = new ChunkIndex(file, layout.Address, shape, chunk);
        return (new ChunkedElements(file, path, index, pipeline, elementSize, shape, chunk), null);
    }

    private Func<IReadOnlyList<string>>? TextsOf(ClassicType type, ElementStore? store, long[] shape)
    {
        bool isText = type.Class == ClassicTypeClass.Text || type is { Class: ClassicTypeClass.List, IsText: true };
        long count = shape.Aggregate(1L, static (product, length) => Math.Min(product * length, MostTexts));
        return !isText || store is null || type.Size > file.File.Length ? null : () =>
        {
            string[] texts = new string[count];
            byte[] element = new byte[type.Size];
            for (int i = 0; i < texts.Length; i++)
            {
                store.Read(i, element);
                texts[i] = values.TextOf(type, element);
            }

            return texts;
        };
    }

    private IReadOnlyList<Hdf5Attribute> FieldsOf(ClassicType type, ElementStore? store, long[] shape)
    {
        const int LargestElement = 4096;
        if (type.Fields.Count == 0 || store is null || type.Size > LargestElement || shape.Any(static n => n != 1))
        {
            return [];
        }

        byte[] element = new byte[type.Size];
        store.Read(0, element);
        return
        [
            .. type.Fields.Where(field => field.Type.Class != ClassicTypeClass.List || heap.ReferenceBytes <= type.Size)
                .Select(field => values.ValueOf(
                    field.Name, field.Type, [], element.AsSpan(field.Offset, field.Type.Size)))
                .OfType<Hdf5Attribute>(),
        ];
    }

    private byte[] TypeMessage(IReadOnlyList<HeaderMessage> messages)
    {
        HeaderMessage message = messages.First(static known => known.Type == HeaderMessage.Datatype);
        if (!message.IsShared)
        {
            return message.Data;
        }

        // A type with a name of its own: its header is referred to.
        var cursor = new Hdf5Cursor(file, message.Data);
        int version = cursor.Byte();
        cursor.Skip(version == 1 ? 7 : 1);
        HeaderMessage named = new HeaderReader(file).Read(cursor.Address())
            .Find(static known => known.Type == HeaderMessage.Datatype);
        return named is { Data: { } data, IsShared: false } ? data : throw file.Damage("a named type is none");
    }

    private byte[] DataOf(IReadOnlyList<HeaderMessage> messages, int type, string path) =>
        messages.FirstOrDefault(message => message.Type == type).Data
        ?? throw file.Damage($"the dataset {path} lacks message {type}");
}
