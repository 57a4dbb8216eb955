using System.IO.Compression;
using DklActors.Instruments.Files;
using DklActors.Instruments.Tests.Files.Kit;

namespace DklActors.Instruments.Tests.Files;

/// <summary>Files that microscopes have written, compared with what HyperSpy and h5py read from them.</summary>
public sealed class RealFilesTests : IDisposable
{
    private const string Velox = "formats/velox_EELS_EDS.zip";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedDataTheory("eels_single", "formats", "si_eels_interface", "sio2_eds")]
    [InlineData("eels_single/AL-DFoffset0.00.dm3", 200)]
    [InlineData("eels_single/EELS_STO.dm3", 200)]
    [InlineData("formats/EELS_SI.dm4", 200)]
    [InlineData("formats/EMDReader_SpectrumImage_Si.emd", 200)]
    [InlineData("formats/stem_abf.hspy", null)]
    [InlineData("si_eels_interface/SI-EELS.dm3", 200)]
    [InlineData("si_eels_interface/SI-HAADF.dm3", 200)]
    [InlineData("si_eels_interface/SI-Survey.dm3", 200)]
    [InlineData("sio2_eds/SiO2_EDS_SI.hspy", 200)]
    [InlineData("sio2_eds/SiO2_HAADF.hspy", 200)]
    public void A_real_file_opens_with_the_shapes_calibrations_and_values_that_HyperSpy_reads(
        string name, int? beamEnergy)
    {
        using ArrayContainer container = ArrayContainer.Open(SharedData.PathOf(name));
        ExpectedSignal[] expected = Expected.SignalsOf(name);

        string[] signals =
            [.. container.Names.Where(static known => known.StartsWith("data", StringComparison.Ordinal))];
        signals.Should().HaveCount(expected.Length);
        foreach ((string signal, ExpectedSignal told) in signals.Zip(expected))
        {
            Require(container, signal, told);
            string? energy = container.Read(signal).Metadata.GetValueOrDefault(MetadataKeys.BeamEnergy);
            (energy is null ? (double?)null : Math.Round(double.Parse(energy))).Should().Be(beamEnergy);
        }
    }

    [SharedDataFact(Velox)]
    public void Electron_and_X_ray_spectra_of_one_Velox_file_come_with_their_energies()
    {
        ZipFile.ExtractToDirectory(SharedData.PathOf(Velox), _folder.Path);
        using ArrayContainer container = ArrayContainer.Open(Directory.GetFiles(_folder.Path, "*.emd").Single());

        foreach (ExpectedSignal told in Expected.SignalsOf(Velox))
        {
            string name = container.Names.Single(known => known.StartsWith("data", StringComparison.Ordinal)
                && container.LabelOf(known) == told.Title);
            Require(container, name, told);
        }

        container.Names.Should().HaveCountGreaterThan(18).And.ContainInOrder("data-2", "data-9", "data-10");
    }

    [SharedDataFact("sio2_eds")]
    public void A_position_of_a_compressed_cube_is_read_without_the_rest()
    {
        using ArrayContainer container = ArrayContainer.Open(SharedData.PathOf("sio2_eds/SiO2_EDS_SI.hspy"));
        DataArray cube = container.Read("data");
        float[] spectrum = new float[2048];
        cube.CopyFrame(0, spectrum);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
        {
            cube.CopyFrame(i % 8, spectrum);
        }

        cube.IsInMemory.Should().BeFalse();
        cube.Bytes.Should().Be(128 * 128 * 2048 * 4);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000, "the chunk is kept");
    }

    private static void Require(ArrayContainer container, string name, ExpectedSignal told)
    {
        const double Tolerance = 1e-6;
        DataArray array = container.Read(name);
        array.Shape.Should().Equal(told.Shape);
        container.LabelOf(name).Should().Be(told.Title.Length > 0 ? told.Title : name);
        foreach (double[] sample in told.Samples)
        {
            array[(long)sample[0]].Should().BeApproximately(sample[1], (Tolerance * Math.Abs(sample[1])) + 1e-9);
        }

        Sum(array).Should().BeApproximately(told.Sum, Tolerance * Math.Abs(told.Sum));
        foreach ((DataAxis axis, ExpectedAxis known) in array.Axes.Zip(told.Axes))
        {
            axis.Length.Should().Be(known.Length);
            axis.Unit.Should().Be(known.Unit);
            axis.Scale.Should().BeApproximately(known.Scale, Tolerance * Math.Abs(known.Scale));
            axis.Offset.Should().BeApproximately(known.Offset ?? axis.Offset, 1e-5);
            (axis.Role == AxisRole.Navigation).Should().Be(known.Navigation);
        }
    }

    private static double Sum(DataArray array)
    {
        float[] frame = new float[array.Shape[^1]];
        double sum = 0;
        for (int i = 0; i < array.Count / frame.Length; i++)
        {
            array.CopyFrame(i, frame);
            sum += frame.Sum(static value => (double)value);
        }

        return sum;
    }
}
