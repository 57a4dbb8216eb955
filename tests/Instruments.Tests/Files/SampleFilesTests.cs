using DklActors.Instruments.Files;
using DklActors.Instruments.Tests.Files.Kit;

namespace DklActors.Instruments.Tests.Files;

/// <summary>Small files that HyperSpy, h5py and Pillow wrote.</summary>
public sealed class SampleFilesTests
{
    private static readonly DataAxis[] Spectra =
    [
        new("y", 2, AxisRole.Navigation, "nm", 2), new("x", 3, AxisRole.Navigation, "nm", 2),
        new("energy", 5, AxisRole.Signal, "eV", 0.5, 300),
    ];

    [Theory]
    [InlineData("four.hspy", "HyperSpy (HDF5)")]
    [InlineData("uneven.hspy", "HyperSpy (HDF5)")]
    [InlineData("cube.emd", "NCEM EMD (HDF5)")]
    [InlineData("ncem.emd", "NCEM EMD (HDF5)")]
    [InlineData("usid.h5", "USID (HDF5)")]
    [InlineData("nsid.h5", "NSID (HDF5)")]
    [InlineData("patterns.blo", "block file (.blo)")]
    [InlineData("plain.tif", "TIFF")]
    [InlineData("lzw.tif", "TIFF")]
    [InlineData("deflate.tif", "TIFF")]
    [InlineData("packbits.tif", "TIFF")]
    [InlineData("float.tif", "TIFF")]
    [InlineData("stack.tif", "TIFF")]
    [InlineData("plain.h5", "HDF5")]
    [InlineData("ordered.h5", "HDF5")]
    [InlineData("latest.h5", "HDF5")]
    public void Every_element_is_what_was_written(string name, string format)
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample(name));
        DataArray array = container.Read(format == "HDF5" ? "group/table" : "data");

        (int[] shape, double[] values) = Expected.ValuesOf(name);
        container.Format.Should().Be(format);
        array.Shape.Should().Equal(shape);
        array.ToDoubles().Should().Equal(values);
        array.ToSingles().Should().Equal(values.Select(static value => (float)value));
        Enumerable.Range(0, values.Length).Select(i => array[i]).Should().Equal(values);
    }

    [Fact]
    public void Patterns_of_HyperSpy_have_the_axes_of_the_probe_and_of_the_detector()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("four.hspy"));

        container.Read("data").Axes.Should().Equal(
            new DataAxis("y", 2, AxisRole.Navigation, "nm", 0.5, 1),
            new DataAxis("x", 3, AxisRole.Navigation, "nm", 0.5, 2),
            new DataAxis("ky", 4, AxisRole.Signal, "1/nm", 0.1, -0.2),
            new DataAxis("kx", 5, AxisRole.Signal, "1/nm", 0.1, -0.2));
        container.Read("pixel_size")[0].Should().Be(0.5);
        container.LabelOf("data").Should().Be("four dimensions");
        container.Read("data").Metadata[MetadataKeys.BeamEnergy].Should().Be("200");
    }

    [Fact]
    public void An_uneven_axis_keeps_its_values()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("uneven.hspy"));

        container.Read("data").Axes[1].Values.Should().Equal(0, 1, 3, 7);
        container.Read("energy").ToDoubles().Should().Equal(0, 1, 3, 7);
    }

    [Fact]
    public void A_ragged_signal_is_refused_in_words()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("ragged.hspy"));

        container.Invoking(static it => it.Read("data")).Should().Throw<DataFileException>()
            .WithMessage("*ragged*numbers are needed*");
    }

    [Fact]
    public void Dimension_scales_say_which_axes_are_the_probes_and_these_come_first()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("nsid.h5"));

        container.Read("data").Axes.Should().Equal(Spectra);
        container.LabelOf("data").Should().Be("Spectrum");
    }

    [Fact]
    public void Positions_of_a_main_dataset_become_rows_and_columns()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("usid.h5"));

        container.Read("data").Axes.Should().Equal(
            new DataAxis("Y", 2, AxisRole.Navigation, "nm", 0.5, 2),
            new DataAxis("X", 3, AxisRole.Navigation, "nm", 0.5, 1),
            new DataAxis("Energy", 4, AxisRole.Signal, "eV", 0.25, 100));
        container.Read("data").Metadata[MetadataKeys.ValueUnit].Should().Be("electrons");
    }

    [Fact]
    public void Columns_that_were_stored_before_rows_stand_behind_them()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("cube.emd"));

        container.Read("data").Axes.Select(static axis => axis.Name).Should().Equal("y", "x", "E");
    }

    [Fact]
    public void A_block_file_holds_patterns_and_their_virtual_bright_field()
    {
        using TemporaryFolder folder = new();
        byte[] file = File.ReadAllBytes(Expected.Sample("patterns.blo"));
        // HyperSpy leaves the beam energy, in V, at nought.
        BitConverter.GetBytes(300_000).CopyTo(file, 46);
        using ArrayContainer container = ArrayContainer.Open(folder.Write("patterns.blo", file));

        container.Read("data-2").ShapeText.Should().Be("(2, 3)");
        container.Read("pixel_size").ToDoubles().Should().Equal(2.5);
        container.Read("data").Metadata[MetadataKeys.BeamEnergy].Should().Be("300");
        container.Read("data").Axes[3].Should().Be(new DataAxis("kx", 4, AxisRole.Signal, "cm", 0.05));
    }

    [Fact]
    public void A_stack_of_ImageJ_is_calibrated()
    {
        using ArrayContainer container = ArrayContainer.Open(Expected.Sample("stack.tif"));

        container.Read("data").Axes.Should().Equal(
            new DataAxis("image", 3, AxisRole.Navigation), new DataAxis("y", 4, AxisRole.Signal, "nm", 0.25),
            new DataAxis("x", 5, AxisRole.Signal, "nm", 0.25));
    }

    [Fact]
    public void A_file_is_known_by_what_it_begins_with()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "four.hspy", "patterns.blo", "lzw.tif" })
        {
            string path = folder.Write("file.dat", File.ReadAllBytes(Expected.Sample(name)));
            using ArrayContainer container = ArrayContainer.Open(path);
            container.Read("data").Count.Should().BeGreaterThan(0);
        }
    }
}
