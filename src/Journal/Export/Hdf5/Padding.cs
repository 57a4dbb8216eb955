namespace DklActors.Journal.Export.Hdf5;

/// <summary>Nearly everything in an HDF5 file begins at a multiple of eight bytes.</summary>
internal static class Padding
{
    public static long Padded(long length) => (length + 7) / 8 * 8;

    public static void Pad(this BinaryWriter writer)
    {
        long position = writer.BaseStream.Position;
        writer.Write(new byte[Padded(position) - position]);
    }
}
