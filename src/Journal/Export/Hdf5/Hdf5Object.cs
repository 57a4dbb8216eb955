namespace DklActors.Journal.Export.Hdf5;

/// <summary>A group or a dataset, with its attributes.</summary>
internal abstract class Hdf5Object
{
    public List<Hdf5Attribute> Attributes { get; } = [];
}

/// <summary>Named groups and datasets.</summary>
internal sealed class Hdf5Group : Hdf5Object
{
    // By name in the order of its bytes, in which a symbol table has them.
    private readonly SortedDictionary<string, Hdf5Object> _members = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Hdf5Object> Members => _members;

    /// <summary>This group and all that is in it, at any depth.</summary>
    public IEnumerable<Hdf5Object> Objects => _members.Values
        .SelectMany(static member => member is Hdf5Group group ? group.Objects : [member])
        .Prepend(this);

    /// <exception cref="ArgumentException">The name is taken, empty, not ASCII, or holds a slash.</exception>
    public T Add<T>(string name, T member)
        where T : Hdf5Object
    {
        if (name is "" or "." || name.Any(static letter => letter is '/' or '\0' or > '\x7e'))
        {
            throw new ArgumentException($"'{name}' cannot be the name of an HDF5 object.", nameof(name));
        }

        _members.Add(name, member);
        return member;
    }

    public Hdf5Group AddGroup(string name) => Add(name, new Hdf5Group());
}

/// <summary>An array, kept in one piece in the file and written piece by piece.</summary>
/// <param name="type">Type of its elements.</param>
/// <param name="shape">Lengths of its dimensions.</param>
/// <param name="pieces">Its elements, row-major and little-endian; together exactly as many as the shape says.</param>
internal sealed class Hdf5Dataset(Hdf5Type type, IReadOnlyList<long> shape, IEnumerable<ReadOnlyMemory<byte>> pieces)
    : Hdf5Object
{
    public Hdf5Type Type => type;

    public IReadOnlyList<long> Shape => shape;

    public long Length { get; } = shape.Aggregate((long)type.Size, static (size, length) => checked(size * length));

    /// <summary>Where in the file it was written.</summary>
    public long Address { get; private set; }

    /// <exception cref="InvalidOperationException">The pieces do not fill the shape.</exception>
    public void WriteData(Stream stream)
    {
        Address = stream.Position;
        long written = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            stream.Write(piece.Span);
            written += piece.Length;
        }

        if (written != Length)
        {
            throw new InvalidOperationException($"{written} bytes do not fill an HDF5 dataset of {Length}.");
        }
    }
}
