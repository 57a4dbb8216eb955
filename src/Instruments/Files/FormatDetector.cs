using DklActors.Instruments.Files.Blockfile;
using DklActors.Instruments.Files.DigitalMicrograph;
using DklActors.Instruments.Files.Hdf5;
using DklActors.Instruments.Files.Hdf5.Classic;
using DklActors.Instruments.Files.Merlin;
using DklActors.Instruments.Files.Tiff;

namespace DklActors.Instruments.Files;

/// <summary>Finds the reader of a file: by what it begins with where the format has a mark, else by its name.</summary>
internal static class FormatDetector
{
    /// <exception cref="DataFileException">Unreadable, damaged, or of no format that is read here.</exception>
    public static ArrayContainer Open(string path)
    {
        string extension = Path.GetExtension(path).ToUpperInvariant();
        switch (extension)
        {
            case ".NPY":
                throw new DataFileException(
                    path, null, "this is a single array, and image and frames are needed",
                    "give the folder that holds the .npy files, or an .npz archive");
            case ".DM3" or ".DM4":
                return DigitalMicrographFile.Open(path);
            case ".HSPY" or ".EMD" or ".H5" or ".HF5" or ".HDF5":
                return Hdf5Container.Open(path);
            case ".MIB":
                return MerlinContainer.Open(path);
            case ".BLO":
                return BlockfileContainer.Open(path);
            case ".TIF" or ".TIFF":
                return TiffContainer.Open(path);
        }

        (byte[] start, bool isHdf5) = StartOf(path);
        return isHdf5 ? Hdf5Container.Open(path)
            : start is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..]
                ? TiffContainer.Open(path)
            : start.AsSpan().StartsWith("IMGBLO"u8) ? BlockfileContainer.Open(path)
            : start.AsSpan().StartsWith("MQ1,"u8) ? MerlinContainer.Open(path)
            : NpzFile.Open(path);
    }

    private static (byte[] Start, bool IsHdf5) StartOf(string path)
    {
        using var file = DataFile.Open(path);
        return (file.ReadUpTo(0, 8), ClassicFile.FindSignature(file) is not null);
    }
}
