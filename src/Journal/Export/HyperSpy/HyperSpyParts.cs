using System.Buffers.Binary;
using DklActors.Journal.Export.Hdf5;

namespace DklActors.Journal.Export.HyperSpy;

/// <summary>What every signal of a file has.</summary>
internal static class HyperSpyParts
{
    private const string FormatVersion = "3.1";

    // The HyperSpy whose files look like this.
    private const string PackageVersion = "1.7.3";

    public static Hdf5Group Root()
    {
        var root = new Hdf5Group();
        root.Attributes.Add(Hdf5Attribute.Of("file_format", "HyperSpy"));
        root.Attributes.Add(Hdf5Attribute.Of("file_format_version", FormatVersion));
        return root;
    }

    public static void AddAxis(Hdf5Group signal, int index, HyperSpyAxis axis)
    {
        Hdf5Group group = signal.AddGroup($"axis-{index}");
        group.Attributes.AddRange(
        [
            Hdf5Attribute.Of("_type", axis.Values is null ? "UniformDataAxis" : "DataAxis"),
            Hdf5Attribute.Of("name", axis.Name),
            Hdf5Attribute.Of("units", axis.Units),
            Hdf5Attribute.Of("navigate", axis.IsNavigation),
            Hdf5Attribute.Of("is_binned", false),
        ]);
        if (axis.Values is { } values)
        {
            byte[] bytes = new byte[values.Count * sizeof(double)];
            for (int i = 0; i < values.Count; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
            }

            group.Add("axis", new Hdf5Dataset(Hdf5Type.Float64, [values.Count], [bytes]));
            return;
        }

        group.Attributes.AddRange(
        [
            Hdf5Attribute.Of("size", axis.Size),
            Hdf5Attribute.Of("scale", axis.Scale),
            Hdf5Attribute.Of("offset", axis.Offset),
        ]);
    }

    public static void AddPackage(Hdf5Group signal)
    {
        signal.Attributes.Add(Hdf5Attribute.Of("package", "hyperspy"));
        signal.Attributes.Add(Hdf5Attribute.Of("package_version", PackageVersion));
    }

    public static void AddHead(Hdf5Group metadata, string title, string signalType)
    {
        metadata.AddGroup("General").Attributes.Add(Hdf5Attribute.Of("title", title));
        metadata.AddGroup("Signal").Attributes.Add(Hdf5Attribute.Of("signal_type", signalType));
        metadata.AddGroup("_HyperSpy");
    }
}
