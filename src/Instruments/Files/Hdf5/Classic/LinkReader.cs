using System.Text;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Reads the members of a group that is kept in the newer way, each a message of the header.</summary>
internal static class LinkReader
{
    private const int HardLink = 0;

    /// <summary>Name and address; null where it leads to a name or another file.</summary>
    public static (string Name, long Address)? Read(Hdf5Bytes file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        cursor.Skip(1);
        int flags = cursor.Byte();
        int type = (flags & 8) != 0 ? cursor.Byte() : HardLink;
        cursor.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
        string name = Encoding.UTF8.GetString(cursor.Take(cursor.Number(1 << (flags & 3))));
        return type == HardLink ? (name, cursor.Address()) : null;
    }

    /// <summary>Whether members are kept elsewhere, in a heap of the newest kind.</summary>
    public static bool IsDense(Hdf5Bytes file, ReadOnlySpan<byte> message, int indexBytes)
    {
        var cursor = new Hdf5Cursor(file, message);
        cursor.Skip(1);
        bool hasIndex = (cursor.Byte() & 1) != 0;
        cursor.Skip(hasIndex ? indexBytes : 0);
        return cursor.Address() >= 0;
    }
}
