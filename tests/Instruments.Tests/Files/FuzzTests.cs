using DklActors.Instruments.Files;
using DklActors.Instruments.Tests.Files.Kit;

namespace DklActors.Instruments.Tests.Files;

/// <summary>Damaged files of every format: they are read or refused with a clear error, in bounded memory.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Fuzzes = 500;
    private const long MostBytesAFile = 600L << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Files =>
    [
        "four.hspy", "uneven.hspy", "ragged.hspy", "cube.emd", "ncem.emd", "usid.h5", "nsid.h5", "plain.h5",
        "ordered.h5", "latest.h5", "dense.h5", "patterns.blo", "plain.tif", "lzw.tif", "deflate.tif", "packbits.tif",
        "stack.tif",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_sample_is_read_or_refused_and_nothing_else(string name) =>
        Fuzz(
            File.ReadAllBytes(Expected.Sample(name)), name,
            // The one sample of its format.
            name.EndsWith(".blo", StringComparison.Ordinal) ? 4 * Fuzzes : Fuzzes);

    [SharedDataTheory("formats", "sio2_eds")]
    [InlineData("formats/EELS_SI.dm4", 300)]
    [InlineData("formats/EMDReader_SpectrumImage_Si.emd", 300)]
    [InlineData("formats/stem_abf.hspy", 300)]
    [InlineData("sio2_eds/SiO2_HAADF.hspy", 150)]
    public void A_damaged_real_file_is_read_or_refused_and_nothing_else(string name, int fuzzes) =>
        Fuzz(File.ReadAllBytes(SharedData.PathOf(name)), Path.GetFileName(name), fuzzes);

    [Fact]
    public void Damaged_detector_frames_are_read_or_refused_and_nothing_else()
    {
        byte[] header = new byte[384];
        "MQ1,000001,00384,01,0064,0002,R64,   1x1,01,2024-05-06,0.001,0,0,0,1,2,3RX,6,"u8.CopyTo(header);
        Fuzz([.. header, .. new byte[128], .. header, .. new byte[128]], "frames.mib", 4 * Fuzzes);
    }

    [Theory]
    [InlineData(".dm4")]
    [InlineData(".hspy")]
    [InlineData(".emd")]
    [InlineData(".h5")]
    [InlineData(".mib")]
    [InlineData(".blo")]
    [InlineData(".tif")]
    [InlineData(".npz")]
    [InlineData(".dat")]
    public void Empty_short_and_foreign_files_are_refused(string extension)
    {
        foreach (byte[] content in new byte[][] { [], [0x49], [.. "energy,counts\n1,2\n"u8], new byte[5000] })
        {
            string path = _folder.Write($"odd{extension}", content);

            FluentActions.Invoking(() => ReadAll(path)).Should().Throw<DataFileException>().WithMessage($"{path}*");
        }
    }

    private void Fuzz(byte[] whole, string name, int count)
    {
        var random = new Random(20240607);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = Damage(whole, random, i);
            string path = _folder.Write(name, damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(path);
            }
            catch (DataFileException exception)
            {
                exception.Message.Should().Contain(name);
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"damage {i} of {name} brought {exception.GetType().Name}", exception);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostBytesAFile, "damage {0}", i);
        }

        refused.Should().BeGreaterThan(count / 50, "some damage must be found");
    }

    /// <summary>Truncations, flipped bits, foreign bytes and large numbers; structures stand near the start.</summary>
    private static byte[] Damage(byte[] whole, Random random, int number)
    {
        if (number % 8 == 0)
        {
            return whole[..random.Next(whole.Length)];
        }

        byte[] damaged = [.. whole];
        for (int k = random.Next(1, 4); k > 0; k--)
        {
            int reach = random.Next(3) == 0 ? whole.Length : Math.Min(whole.Length, 8192);
            int at = random.Next(reach);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.AsSpan(at, Math.Min(8, whole.Length - at)).Fill((byte)(random.Next(2) * 0xFF));
                    break;
                default:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return damaged;
    }

    private static void ReadAll(string path)
    {
        const int MostElements = 1 << 16;
        using ArrayContainer container = ArrayContainer.Open(path);
        foreach (string name in container.Names.Take(20))
        {
            try
            {
                DataArray array = container.Read(name);
                float[] frame = new float[Math.Min(array.Count, MostElements)];
                array.CopyFrame(0, frame);
                if (array.Count > 0)
                {
                    _ = array[array.Count - 1];
                }
            }
            catch (DataFileException)
            {
                // The other arrays are to be read all the same.
            }
        }
    }
}
