using DklActors.Instruments.Files;
using DklActors.Instruments.Preacquired;
using DklActors.Instruments.Tests.Files.Kit;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Preacquired;

/// <summary>Recorded data in files of other software.</summary>
public sealed class FormatsTests
{
    [Fact]
    public void Patterns_and_their_image_come_from_one_file_and_stay_in_it_until_it_is_closed()
    {
        var data = PreacquiredData.Open(new PreacquiredSource(
            Expected.Sample("patterns.blo"), "data-2", "data",
            new PixelSizeSource.FromArray("pixel_size", LengthUnit.Nanometre)));

        data.Image.Shape.Should().Be(new GridShape(2, 3));
        data.Image.PixelSize.Value.Should().Be(2.5);
        data.Image.Channel.Should().Be("virtual bright field");
        data.PatternShape.Should().Be(new GridShape(4, 4));
        float[] pattern = new float[16];
        data.Frames.IsInMemory.Should().BeFalse();
        data.Frames.CopyFrame(4, pattern);
        pattern.Should().Equal(Enumerable.Range(64, 16).Select(static value => (float)value));

        data.Dispose();
        data.Invoking(it => it.Frames.CopyFrame(4, pattern)).Should().Throw<ObjectDisposedException>();
    }

    [SharedDataFact("sio2_eds")]
    public void Spectra_of_a_HyperSpy_file_play_back_beside_the_image_of_another()
    {
        using var data = PreacquiredData.Open(new PreacquiredSource(
            SharedData.PathOf("sio2_eds/SiO2_EDS_SI.hspy"), "data", "data",
            new PixelSizeSource.FromArray("pixel_size", LengthUnit.Nanometre))
        {
            ImagePath = SharedData.PathOf("sio2_eds/SiO2_HAADF.hspy"),
            Energy = new EnergyAxisSource.FromArray("energy", EnergyUnit.ElectronVolt),
        });
        using ArrayContainer archive = ArrayContainer.Open(SharedData.PathOf("sio2_eds/neutral.npz"));
        float[] expected = new float[2048], frame = new float[2048];

        data.EnergyAxis!.Channels.Should().Be(2048);
        data.EnergyAxis.Dispersion.Value.Should().BeApproximately(10, 1e-6);
        data.Image.PixelSize.Value.Should().BeApproximately(8.552446, 1e-6);
        foreach (int pixel in new[] { 0, 777, (128 * 128) - 1 })
        {
            archive.Read("eds").CopyFrame(pixel, expected);
            data.Frames.CopyFrame(pixel, frame);
            frame.Should().Equal(expected);
        }
    }

    [Fact]
    public void A_large_stored_array_of_an_archive_stays_in_the_archive()
    {
        using TemporaryFolder folder = new();
        string path = System.IO.Path.Combine(folder.Path, "large.npz");
        float[] row = new float[1 << 16];
        using (ArrayContainer source = ArrayContainer.OpenAny(WriteLarge(folder, row)))
        using (FileStream stream = File.Create(path))
        using (var writer = new NpzWriter(stream))
        {
            writer.Add("data", source.Read("data"), isStored: true);
        }

        using ArrayContainer container = ArrayContainer.Open(path);
        DataArray data = container.Read("data");
        data.IsInMemory.Should().BeFalse();
        data.CopyFrame(299, row);
        row[0].Should().Be(299);
        row[^1].Should().Be(299 + (1 << 16) - 1);
    }

    private static string WriteLarge(TemporaryFolder folder, float[] row)
    {
        string path = System.IO.Path.Combine(folder.Path, "large.npy");
        using FileStream stream = File.Create(path);
        NpyWriter.WriteHeader<float>(stream, [300, row.Length]);
        for (int i = 0; i < 300; i++)
        {
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = i + k;
            }

            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row.AsSpan()));
        }

        return path;
    }
}
