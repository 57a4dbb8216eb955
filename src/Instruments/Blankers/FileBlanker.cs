using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Blankers;

/// <summary>
/// A file that stands for the hardware line of a blanker: its first byte is <c>b</c> while the beam is blanked and
/// <c>u</c> while it is on. Every process that opens it sees the same line.
/// </summary>
/// <remarks>
/// The one byte that matters is written at once, so that no reader sees half a state; the rest of the word is for
/// people. The file is opened for each call: one that was replaced is the line from then on. Without a file there is
/// no beam to let through, which reads as blanked; blanking makes it.
/// </remarks>
public sealed class FileBlanker(string path) : IBeam
{
    private static readonly byte[] Blanked = "blanked  \n"u8.ToArray();
    private static readonly byte[] On = "unblanked\n"u8.ToArray();

    public bool IsBlanked
    {
        get
        {
            try
            {
                using FileStream file = Open(FileMode.Open, FileAccess.Read);
                return file.ReadByte() switch
                {
                    'b' => true,
                    'u' => false,
                    _ => throw new InstrumentException(
                        FaultClass.Unknown,
                        $"{path} says neither 'blanked' nor 'unblanked'; look at the beam, then write one of them."),
                };
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Lost(exception);
            }
        }
    }

    public void Unblank() => Write(On);

    public void Blank() => Write(Blanked);

    private void Write(byte[] word)
    {
        try
        {
            using FileStream file = Open(FileMode.OpenOrCreate, FileAccess.Write);
            RandomAccess.Write(file.SafeFileHandle, word, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Lost(exception);
        }
    }

    private FileStream Open(FileMode mode, FileAccess access) =>
        new(path, mode, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private InstrumentException Lost(Exception exception) => new(
        FaultClass.Unknown, $"The blanker {path} does not answer: {exception.Message}", exception);
}
