using System.IO.Compression;
using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests.Files;

public sealed class NpzFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_element_type_in_both_byte_orders_is_read()
    {
        double[] unsigned = [0, 1, 2, 3, 100, 7];
        using ArrayContainer container = ArrayContainer.Open(_folder.Write("all.npz", NumpyFiles.AllTypesArchive));

        container.Names.Should().HaveCount(20);
        foreach (string name in container.Names)
        {
            DataArray array = container.Read(name);
            array.Shape.Should().Equal(2, 3);
            array.ElementType[1..].Should().Be(name[^2..]);
            double[] expected = [.. unsigned.Select(value => name[^2] switch
            {
                'u' => value,
                'i' => -value,
                _ => (value / 4) - 1,
            })];
            array.ToDoubles().Should().Equal(expected, because: name);
            array.ToSingles().Should().Equal(expected.Select(static value => (float)value), because: name);
        }
    }

    [Fact]
    public void Stored_entries_and_single_numbers_are_read()
    {
        using ArrayContainer container = ArrayContainer.Open(_folder.Write("stored.npz", NumpyFiles.StoredArchive));

        container.Read("a").ToDoubles().Should().Equal(0, 1, 2, 3, 4, 5);
        container.Read("px")[0].Should().Be(0.25);
    }

    [Fact]
    public void A_missing_array_is_named_with_those_that_are_there()
    {
        using ArrayContainer container = ArrayContainer.Open(_folder.Write("stored.npz", NumpyFiles.StoredArchive));

        container.Invoking(it => it.Read("haadf"))
            .Should().Throw<DataFileException>().WithMessage("*stored.npz, array 'haadf': *use one of a, px.");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        FluentActions.Invoking(() => ArrayContainer.Open("nowhere/data.npz"))
            .Should().Throw<DataFileException>().WithMessage("nowhere/data.npz: there is no such file*check the path*");

    [Fact]
    public void Every_truncation_gives_one_clear_error()
    {
        byte[] file = NumpyFiles.StoredArchive;
        for (int length = 0; length < file.Length; length += 7)
        {
            string path = _folder.Write("cut.npz", file.AsSpan(0, length));
            ReadingAll(path).Should().Throw<DataFileException>($"the file was cut to {length} bytes")
                .WithMessage("*cut.npz*copy or save it again*");
        }
    }

    [Fact]
    public void A_flipped_bit_of_the_data_is_found_by_the_checksum()
    {
        byte[] file = NumpyFiles.StoredArchive;
        int data = file.AsSpan().IndexOf("\u0003\0\u0004\0\u0005\0"u8);
        file[data] ^= 4;

        ReadingAll(_folder.Write("flipped.npz", file))
            .Should().Throw<DataFileException>().WithMessage("*'a'*checksum*");
    }

    [Fact]
    public void No_flipped_bit_brings_anything_but_true_values_or_a_data_file_error()
    {
        byte[] file = NumpyFiles.StoredArchive;
        for (int bit = 0; bit < 8 * file.Length; bit += 5)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                using ArrayContainer container = ArrayContainer.Open(_folder.Write("flipped.npz", damaged));
                container.Read("a").ToDoubles().Should().Equal([0, 1, 2, 3, 4, 5], $"bit {bit} was flipped");
            }
            catch (DataFileException exception)
            {
                exception.Message.Should().Contain("flipped.npz");
            }
        }
    }

    [Fact]
    public void An_entry_that_claims_more_than_deflate_can_hold_is_refused_at_once()
    {
        string path = _folder.WriteNpz("bomb.npz", static writer => writer.Add<byte>("a", [4], [1, 2, 3, 4]));
        byte[] file = File.ReadAllBytes(path);
        // The uncompressed length stands at offset 24 of the central directory's entry.
        int central = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(2_000_000_000).CopyTo(file, central + 24);

        ReadingAll(_folder.Write("bomb.npz", file))
            .Should().Throw<DataFileException>().WithMessage("*cannot hold 2000000000*");
    }

    [Fact]
    public void A_folder_of_arrays_is_read_by_file_name_and_nothing_outside_it()
    {
        _folder.Write("image.npy", NumpyFiles.Version1);
        using ArrayContainer container = ArrayContainer.Open(_folder.Path);

        container.Names.Should().Equal("image");
        container.Read("image").Count.Should().Be(4);
        container.Invoking(it => it.Read("../image")).Should().Throw<DataFileException>();
    }

    [Fact]
    public void A_single_array_file_is_refused_with_the_way_out() =>
        FluentActions.Invoking(() => ArrayContainer.Open(_folder.Write("image.npy", NumpyFiles.Version1)))
            .Should().Throw<DataFileException>().WithMessage("*give the folder*");

    [Fact]
    public void A_written_archive_is_a_zip_whose_checksums_other_readers_accept()
    {
        float[] values = [.. Enumerable.Range(0, 5000).Select(static i => i * 0.5f)];
        string path = _folder.WriteNpz("out.npz", writer => writer.Add<float>("values", [50, 100], values));

        using ArrayContainer container = ArrayContainer.Open(path);
        container.Read("values").ToSingles().Should().Equal(values);
        using ZipArchive archive = ZipFile.OpenRead(path);
        archive.Entries.Should().ContainSingle().Which.FullName.Should().Be("values.npy");
    }

    public void Dispose() => _folder.Dispose();

    private static Action ReadingAll(string path) => () =>
    {
        using ArrayContainer container = ArrayContainer.Open(path);
        foreach (string name in new[] { "a", "px" })
        {
            container.Read(name);
        }
    };
}
