using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Elements of a dataset in chunks, each filtered on its own; what was never written is zero.</summary>
internal sealed class ChunkedElements : CachedElements
{
    private readonly Hdf5Bytes _file;
    private readonly ChunkIndex _index;
    private readonly FilterPipeline _filters;
    private readonly string _path;
    private readonly int _elementSize;
    private readonly int _chunkBytes;

    // Dimensions of the dataset and of a chunk; trailing ones that a chunk spans are one.
    private readonly long[] _shape;
    private readonly long[] _chunk;

    public ChunkedElements(
        Hdf5Bytes file, string path, ChunkIndex index, FilterPipeline filters, int elementSize,
        IReadOnlyList<long> shape, IReadOnlyList<int> chunk)
    {
        (_file, _path, _index, _filters, _elementSize) = (file, path, index, filters, elementSize);
        _chunkBytes = chunk.Aggregate(elementSize, static (product, length) => checked(product * length));
        List<long> shapes = [.. shape];
        List<long> chunks = [.. chunk.Select(static length => (long)length)];
        while (shapes.Count > 1 && shapes[^1] == chunks[^1])
        {
            shapes[^2] *= shapes[^1];
            chunks[^2] *= chunks[^1];
            shapes.RemoveAt(shapes.Count - 1);
            chunks.RemoveAt(chunks.Count - 1);
        }

        (_shape, _chunk) = ([.. shapes], [.. chunks]);
    }

    public override void Read(long first, Span<byte> bytes)
    {
        int last = _shape.Length - 1;
        while (bytes.Length > 0)
        {
            // Number of the chunk, and of the element in it.
            long number = 0, within = 0, rest = first, size = 1, stride = 1;
            long runInRow = 0, runInChunk = 0;
            for (int d = last; d >= 0; d--)
            {
                long index = rest % _shape[d];
                rest /= _shape[d];
                if (d == last)
                {
                    runInRow = _shape[d] - index;
                    runInChunk = _chunk[d] - (index % _chunk[d]);
                }

                number += index / _chunk[d] * stride;
                within += index % _chunk[d] * size;
                stride *= (_shape[d] + _chunk[d] - 1) / _chunk[d];
                size *= _chunk[d];
            }

            int taken = (int)Math.Min(Math.Min(runInRow, runInChunk), bytes.Length / _elementSize);
            Copy(number, _chunkBytes, (int)within * _elementSize, bytes[..(taken * _elementSize)]);
            bytes = bytes[(taken * _elementSize)..];
            first += taken;
        }
    }

    protected override void Fill(long block, Span<byte> bytes)
    {
        if (_index.Find(block) is not { Address: >= 0 } chunk)
        {
            bytes.Clear();
            return;
        }

        try
        {
            if (_filters.IsEmpty && chunk.Bytes != bytes.Length)
            {
                throw new InvalidDataException($"it holds {chunk.Bytes} bytes, and {bytes.Length} are expected");
            }

            _filters.Decode(_file.Read(chunk.Address, chunk.Bytes), chunk.Mask, _elementSize, bytes);
        }
        catch (InvalidDataException exception)
        {
            throw _file.Damage($"chunk {block} of {_path} cannot be read, {exception.Message}");
        }
    }
}
