using DklActors.Instruments.Files;
using DklActors.Instruments.Files.DigitalMicrograph;

namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

public sealed class DigitalMicrographFileTests : IDisposable
{
    private static readonly TagNode.Group Nanometres = SampleImage.Calibration(0, 0.25, "nm");
    private static readonly TagNode.Group Energy = SampleImage.Calibration(-700, 0.5, "eV");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void A_spectrum_image_comes_out_as_rows_columns_and_channels(int version, bool isBigEndian)
    {
        // Columns, rows, channels: the file stores channel images one after the other.
        using DigitalMicrographFile file = Open(
            version, isBigEndian, SampleImage.Ramp("scan", [2, 3, 4], (1, 2), Nanometres, Nanometres, Energy));

        DigitalMicrographImage image = file.Images.Should().ContainSingle().Subject;
        file.Version.Should().Be(version);
        image.Title.Should().Be("scan");
        image.Shape.Should().Equal(3, 2, 4);
        image.Axes[2].Should().Be(new AxisCalibration(-700, 0.5, "eV"));
        image.Intensity.Should().Be(new IntensityCalibration(0, 0.5, "e-"));
        image.Energies.Should().Equal(350, 350.5, 351, 351.5);
        // Element (row, column, channel) is number channel·6 + row·2 + column of the file.
        DataArray array = image.Read();
        array.ShapeText.Should().Be("(3, 2, 4)");
        array.ToDoubles().Should().Equal(
            from row in Enumerable.Range(0, 3)
            from column in Enumerable.Range(0, 2)
            from channel in Enumerable.Range(0, 4)
            select (double)((channel * 6) + (row * 2) + column));
    }

    [Fact]
    public void Every_type_of_real_numbers_is_read_in_both_byte_orders()
    {
        foreach (bool isBigEndian in new[] { false, true })
        {
            TagNode.Group[] images = [.. SampleImage.DataTypes.Select(type => SampleImage.Ramp("", [3, 2], type))];
            using DigitalMicrographFile file = Open(4, isBigEndian, images);

            file.Images.Should().HaveCount(images.Length);
            file.Images.Should().AllSatisfy(image => image.Read().ToDoubles().Should().Equal(0, 1, 2, 3, 4, 5));
        }
    }

    [Fact]
    public void Negative_numbers_keep_their_sign()
    {
        using DigitalMicrographFile file = Open(
            3, false, SampleImage.Image("", [2], 9, new TagNode.Array(10, -1, -128)),
            SampleImage.Image("", [2], 7, new TagNode.Array(3, -1, int.MinValue)));

        file.Images[0].Read().ToDoubles().Should().Equal(-1, -128);
        file.Images[1].Read().ToDoubles().Should().Equal(-1, int.MinValue);
    }

    [Theory]
    [InlineData(3, 8, "complex numbers")]
    [InlineData(13, 16, "complex numbers")]
    [InlineData(5, 4, "Fourier transform")]
    [InlineData(23, 4, "colours (RGB)")]
    [InlineData(99, 4, "data type 99")]
    public void What_is_no_real_number_is_refused_in_words(int dataType, int bytes, string words)
    {
        using DigitalMicrographFile file = Open(
            3, false, SampleImage.Image("wave", [2, 2], dataType, new TagNode.Array(8, new double[4 * bytes])));

        file.Invoking(it => it.Read("data")).Should().Throw<DataFileException>()
            .WithMessage($"*'wave'*{words}*real numbers are needed; convert*");
    }

    [Fact]
    public void As_a_container_it_holds_data_energies_and_pixel_sizes_of_each_image_but_the_thumbnail()
    {
        using DigitalMicrographFile file = Open(
            3, false,
            SampleImage.Ramp("scan", [2, 3, 4], (2, 6), Nanometres, Nanometres, Energy),
            SampleImage.Ramp("plain", [2, 3], (2, 6)));

        file.Names.Should().Equal("data", "data-2", "energy", "pixel_size");
        file.Read("energy").ToDoubles().Should().Equal(350, 350.5, 351, 351.5);
        file.Read("pixel_size").ToDoubles().Should().Equal(0.25);
        file.Read("data-2").ShapeText.Should().Be("(3, 2)");
        file.LabelOf("energy").Should().Be("scan");
        file.LabelOf("data-2").Should().Be("plain");
        file.Invoking(it => it.Read("eels")).Should().Throw<DataFileException>()
            .WithMessage("*'eels': there is no such array; use one of data, data-2, energy, pixel_size.");
    }

    [Fact]
    public void Spectra_along_a_line_stay_in_the_order_of_the_file()
    {
        using DigitalMicrographFile file = Open(3, false, SampleImage.Ramp("line", [4, 3], (2, 6), Energy, Nanometres));

        file.Images[0].Shape.Should().Equal(3, 4);
        file.Images[0].Read().ToDoubles().Should().BeInAscendingOrder();
        file.Images[0].PixelSizeInNanometres.Should().Be(0.25);
    }

    [Fact]
    public void A_spectrum_image_without_units_has_its_channels_last_all_the_same()
    {
        using DigitalMicrographFile file = Open(3, false, SampleImage.Ramp("scan", [2, 3, 4], (2, 6)));

        file.Images[0].Shape.Should().Equal(3, 2, 4);
        file.Names.Should().Equal("data");
    }

    [Theory]
    [InlineData("\u00B5m", 250)]
    [InlineData("\u03BCm", 250)]
    [InlineData("\u00C5", 0.025)]
    [InlineData("pm", 0.00025)]
    public void Lengths_are_converted_to_nanometres(string unit, double nanometres)
    {
        TagNode.Group axis = SampleImage.Calibration(0, 0.25, unit);
        using DigitalMicrographFile file = Open(3, true, SampleImage.Ramp("", [2, 2], (2, 6), axis, axis));

        file.Read("pixel_size")[0].Should().BeApproximately(nanometres, 1e-9);
    }

    [Fact]
    public void Pixels_that_are_not_square_have_no_size()
    {
        TagNode.Group other = SampleImage.Calibration(0, 0.5, "nm");
        using DigitalMicrographFile file = Open(3, true, SampleImage.Ramp("", [2, 2], (2, 6), Nanometres, other));

        file.Names.Should().Equal("data");
    }

    private DigitalMicrographFile Open(int version, bool isBigEndian, params TagNode.Group[] images)
    {
        byte[] bytes = new TagWriter(version, isBigEndian).Write(SampleImage.Root(images));
        return (DigitalMicrographFile)ArrayContainer.Open(_folder.Write($"file.dm{version}", bytes));
    }
}
