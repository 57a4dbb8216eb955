using DklActors.Journal.Export.Hdf5;

namespace DklActors.Journal.Tests.Export.Hdf5;

public sealed class Hdf5FileTests
{
    private const int Members = 100;
    private const string Umlauts = "Ångström, µ, ±";

    [Fact]
    public void Groups_arrays_and_attributes_are_found_where_the_format_says()
    {
        var (arrays, attributes) = Hdf5Reader.Read(Written());

        arrays.Should().HaveCount(Members + 2);
        arrays["/many/member-42"].Shape.Should().Equal(1);
        arrays["/many/member-42"].Data.Should().Equal(BitConverter.GetBytes(42L));
        arrays["/matrix"].Shape.Should().Equal(2, 3);
        arrays["/matrix"].Data.Should().Equal(Matrix());
        arrays["/nothing"].Shape.Should().Equal(0);
        attributes["@text"].Should().Be(Umlauts);
        attributes["@empty"].Should().Be(string.Empty);
        attributes["/many@again"].Should().Be(Umlauts);
        attributes["/matrix@number"].Should().Be(-0.1);
        attributes["/matrix@whole"].Should().Be(long.MinValue);
        attributes["/matrix@yes"].Should().Be(true);
    }

    [PythonFact("h5py")]
    public async Task The_library_of_the_format_reads_the_same()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, Written());
            string read = await Python.RunAsync(
                "h5py",
                """
                import sys, h5py, numpy as np
                f = h5py.File(sys.argv[1], 'r')
                assert f.attrs['text'] == sys.argv[2] and f.attrs['empty'] == '', dict(f.attrs)
                assert f['many'].attrs['again'] == sys.argv[2]
                m = f['matrix']
                assert m.dtype == np.float32 and (m[()] == np.arange(6).reshape(2, 3) / 4).all(), m[()]
                assert m.attrs['number'] == -0.1 and m.attrs['whole'] == -2**63 and m.attrs['yes'] is np.True_
                assert f['nothing'].shape == (0,) and f['nothing'].dtype == np.float64
                assert all(f[f'many/member-{i}'][0] == i for i in range(len(f['many'])))
                print(len(f['many']))
                """,
                path,
                Umlauts);

            read.Trim().Should().Be($"{Members}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_array_that_its_pieces_do_not_fill_is_refused()
    {
        var root = new Hdf5Group();
        root.Add("short", new Hdf5Dataset(Hdf5Type.Float32, [2], [new byte[4]]));

        Action write = () => Hdf5File.Write(new MemoryStream(), root);
        write.Should().Throw<InvalidOperationException>().WithMessage("4 bytes do not fill*8*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a/b")]
    [InlineData("µ")]
    public void A_name_that_the_format_has_no_place_for_is_refused(string name)
    {
        Action add = () => new Hdf5Group().AddGroup(name);

        add.Should().Throw<ArgumentException>();
    }

    private static byte[] Matrix() => [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes(i / 4f))];

    private static byte[] Written()
    {
        var root = new Hdf5Group();
        root.Attributes.Add(Hdf5Attribute.Of("text", Umlauts));
        root.Attributes.Add(Hdf5Attribute.Of("empty", string.Empty));
        Hdf5Group many = root.AddGroup("many");
        many.Attributes.Add(Hdf5Attribute.Of("again", Umlauts));
        foreach (int i in Enumerable.Range(0, Members))
        {
            many.Add($"member-{i}", new Hdf5Dataset(Hdf5Type.Int64, [1], [BitConverter.GetBytes((long)i)]));
        }

        byte[] matrix = Matrix();
        Hdf5Dataset pieces = root.Add(
            "matrix", new Hdf5Dataset(Hdf5Type.Float32, [2, 3], [matrix.AsMemory(0, 12), matrix.AsMemory(12)]));
        pieces.Attributes.Add(Hdf5Attribute.Of("number", -0.1));
        pieces.Attributes.Add(Hdf5Attribute.Of("whole", long.MinValue));
        pieces.Attributes.Add(Hdf5Attribute.Of("yes", true));
        root.Add("nothing", new Hdf5Dataset(Hdf5Type.Float64, [0], []));
        using var stream = new MemoryStream();
        Hdf5File.Write(stream, root);
        return stream.ToArray();
    }
}
