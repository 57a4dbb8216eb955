using System.Runtime.InteropServices;
using DklActors.Instruments.Files.Elements;
using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Emd;

/// <summary>
/// X-ray spectra as Velox streams them: the channel of each photon, and 65535 where the next pixel begins, pixel by
/// pixel and frame by frame. A spectrum is put together when asked for, from the frames and detectors of its pixel.
/// </summary>
/// <remarks>The streams are held in memory: a photon takes two bytes, the spectrum image many times as much.</remarks>
internal sealed class VeloxStream(
    IReadOnlyList<(ushort[] Photons, int[] Starts)> streams, int pixels, int channels)
    : BlockElements(sizeof(uint), (long)pixels * channels, channels)
{
    private const ushort NextPixel = 65535;
    private const long MostPhotons = 1L << 29;

    public override bool IsInMemory => true;

    /// <summary>Reads a stream; null where it is none.</summary>
    public static (ushort[] Photons, int[] Starts)? Read(string file, Hdf5Dataset data)
    {
        if (data is not { Type: { Kind: 'u', Size: 2 }, Store: { } store })
        {
            return null;
        }

        if (data.Count > MostPhotons)
        {
            throw new DataFileException(
                file, null, $"the stream {data.Path} has {data.Count} photons, and at most {MostPhotons} can be held",
                "export the spectrum image from Velox with fewer frames");
        }

        ushort[] photons = new ushort[data.Count];
        store.Read(0, MemoryMarshal.AsBytes(photons.AsSpan()));
        List<int> starts = [0];
        for (int i = 0; i < photons.Length; i++)
        {
            if (photons[i] == NextPixel)
            {
                starts.Add(i + 1);
            }
        }

        // Some streams end with the mark, some without.
        if (starts[^1] == photons.Length)
        {
            starts.RemoveAt(starts.Count - 1);
        }

        return (photons, [.. starts]);
    }

    protected override void Fill(long block, Span<byte> bytes)
    {
        Span<uint> counts = MemoryMarshal.Cast<byte, uint>(bytes);
        counts.Clear();
        foreach ((ushort[] photons, int[] starts) in streams)
        {
            for (long segment = block; segment < starts.Length; segment += pixels)
            {
                for (int i = starts[segment]; i < photons.Length && photons[i] != NextPixel; i++)
                {
                    if (photons[i] < counts.Length)
                    {
                        counts[photons[i]]++;
                    }
                }
            }
        }
    }
}
