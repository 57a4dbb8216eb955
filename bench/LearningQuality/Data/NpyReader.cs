using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace DklActors.LearningQuality.Data;

/// <summary>Reads C-ordered, little-endian arrays of NumPy's npy format (versions 1 to 3), also inside npz.</summary>
internal static partial class NpyReader
{
    public static (int[] Shape, double[] Values) ReadFile(string path) => Read(File.ReadAllBytes(path), path);

    public static (int[] Shape, double[] Values) ReadMember(string archive, string member)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        ZipArchiveEntry entry = zip.GetEntry(member + ".npy")
            ?? throw new InvalidDataException($"{archive} has no array '{member}'.");
        using Stream stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Read(buffer.ToArray(), $"{archive}:{member}");
    }

    private static (int[] Shape, double[] Values) Read(ReadOnlySpan<byte> bytes, string name)
    {
        int start = bytes[6] == 1 ? 10 : 12;
        int length = bytes[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        string header = Encoding.ASCII.GetString(bytes.Slice(start, length));
        if (header.Contains("'fortran_order': True", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name} is in Fortran order.");
        }

        int[] shape = [.. Digits().Matches(ShapePattern().Match(header).Value).Select(m => int.Parse(m.Value))];
        ReadOnlySpan<byte> data = bytes[(start + length)..];
        return (shape, DescriptionPattern().Match(header).Groups[1].Value switch
        {
            "<f8" => MemoryMarshal.Cast<byte, double>(data).ToArray(),
            "<f4" => Convert<float>(data),
            "<i8" => Convert<long>(data),
            "<i4" => Convert<int>(data),
            "|u1" => Convert<byte>(data),
            string other => throw new InvalidDataException($"{name} holds {other}, which this reader does not know."),
        });
    }

    private static double[] Convert<T>(ReadOnlySpan<byte> data)
        where T : unmanaged, System.Numerics.INumber<T> =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, T>(data).ToArray(), double.CreateChecked);

    [GeneratedRegex(@"'descr': '([^']+)'")]
    private static partial Regex DescriptionPattern();

    [GeneratedRegex(@"'shape': \([^)]*\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
