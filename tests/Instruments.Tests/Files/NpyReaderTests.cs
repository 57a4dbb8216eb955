using System.Text;
using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests.Files;

public sealed class NpyReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_format_version_is_read(int version)
    {
        byte[] file = version switch
        {
            1 => NumpyFiles.Version1,
            2 => NumpyFiles.Version2,
            _ => NumpyFiles.Version3,
        };

        DataArray array = Read(file);

        file[6].Should().Be((byte)version);
        array.Shape.Should().Equal(4);
        array.ToSingles().Should().Equal(0, 1, 2, 3);
    }

    [Fact]
    public void An_array_without_dimensions_is_one_number()
    {
        DataArray array = Read(NumpyFiles.Scalar);

        array.Shape.Should().BeEmpty();
        array.ShapeText.Should().Be("()");
        array.ToDoubles().Should().Equal(8.5);
    }

    [Fact]
    public void Fortran_order_is_refused_with_the_way_out() =>
        Reading(NumpyFiles.FortranOrder).Should().Throw<DataFileException>()
            .WithMessage("file.npy, array 'a': *(2, 3)*Fortran order*ascontiguousarray*");

    [Fact]
    public void Complex_numbers_are_refused_by_name() =>
        Reading(NumpyFiles.Complex).Should().Throw<DataFileException>().WithMessage("*'<c8'*astype*");

    [Fact]
    public void Structured_arrays_are_refused_by_name() =>
        Reading(NumpyFiles.Structured).Should().Throw<DataFileException>().WithMessage("*structured*");

    [Fact]
    public void Pickled_objects_are_refused_and_never_unpickled() =>
        Reading(NumpyFiles.Objects).Should().Throw<DataFileException>().WithMessage("*'|O'*");

    [Fact]
    public void A_text_file_is_no_array() =>
        Reading("energy,counts\n1,2\n"u8.ToArray()).Should().Throw<DataFileException>().WithMessage("*magic*");

    [Fact]
    public void A_newer_format_version_is_refused()
    {
        byte[] file = NumpyFiles.Version1;
        file[6] = 9;

        Reading(file).Should().Throw<DataFileException>().WithMessage("*version 9*1 to 3*");
    }

    [Fact]
    public void Every_truncation_gives_one_clear_error()
    {
        byte[] file = NumpyFiles.Version1;
        for (int length = 0; length < file.Length; length++)
        {
            Reading(file[..length]).Should().Throw<DataFileException>($"the file was cut to {length} bytes");
        }
    }

    [Fact]
    public void No_flipped_bit_of_the_header_brings_anything_but_an_array_or_a_data_file_error()
    {
        byte[] file = NumpyFiles.Version1;
        int refused = 0;
        for (int bit = 0; bit < 8 * 128; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Read(damaged).Count.Should().BeLessThanOrEqualTo(16);
            }
            catch (DataFileException)
            {
                refused++;
            }
        }

        refused.Should().BeGreaterThan(400, "most of the 70 bytes before the padding mean something");
    }

    [Theory]
    [InlineData("(2147483647, 2147483647, 2147483647)")]
    [InlineData("(99999999999999999999,)")]
    [InlineData("(1 2,)")]
    [InlineData("(40000, 40000)")]
    [InlineData("(5,)")]
    public void A_shape_that_the_data_cannot_fill_is_refused_before_memory_is_taken(string shape)
    {
        byte[] file = WithShape(shape, dataBytes: 16);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Reading(file).Should().Throw<DataFileException>();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000_000);
    }

    [Fact]
    public void An_empty_dimension_makes_an_empty_array() =>
        Read(WithShape("(0, 7)", dataBytes: 0)).Count.Should().Be(0);

    [Fact]
    public void A_frame_beyond_the_end_is_an_error()
    {
        DataArray array = Read(NumpyFiles.Version1);
        float[] frame = new float[2];

        array.CopyFrame(1, frame);

        frame.Should().Equal(2, 3);
        FluentActions.Invoking(() => array.CopyFrame(2, frame)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => array.CopyFrame(-1, frame)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static byte[] WithShape(string shape, int dataBytes)
    {
        string dictionary = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n";
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)dictionary.Length, (byte)(dictionary.Length >> 8),
            .. Encoding.ASCII.GetBytes(dictionary), .. new byte[dataBytes],
        ];
    }

    private static DataArray Read(byte[] file) => NpyReader.Read(new MemoryStream(file), file.Length, "file.npy", "a");

    private static Func<DataArray> Reading(byte[] file) => () => Read(file);
}
