namespace DklActors.Journal.Export.Hdf5;

/// <summary>One named value: a text, or a number as its bytes.</summary>
internal sealed record Hdf5Attribute(string Name, Hdf5Type Type, string? Text, byte[] Data)
{
    public static Hdf5Attribute Of(string name, string value) => new(name, Hdf5Type.Text, value, []);

    public static Hdf5Attribute Of(string name, double value) =>
        new(name, Hdf5Type.Float64, null, LittleEndian(BitConverter.GetBytes(value)));

    public static Hdf5Attribute Of(string name, long value) =>
        new(name, Hdf5Type.Int64, null, LittleEndian(BitConverter.GetBytes(value)));

    public static Hdf5Attribute Of(string name, bool value) =>
        new(name, Hdf5Type.Boolean, null, [value ? (byte)1 : (byte)0]);

    private static byte[] LittleEndian(byte[] bytes)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
