namespace DklActors.Instruments.Files;

/// <summary>One <c>.npy</c> file alone.</summary>
internal sealed class NpyFile : SignalContainer
{
    private readonly DataFile _file;

    private NpyFile(DataFile file, DataArray array)
        : base(file.Path)
    {
        _file = file;
        AddSignals([new DataSignal("", array.Axes, () => array)]);
    }

    public override string Format => "NumPy array (.npy)";

    /// <exception cref="DataFileException">Unreadable, or no array.</exception>
    public static new NpyFile Open(string path)
    {
        DataFile file = DataFile.Open(path);
        try
        {
            return new NpyFile(file, NpyReader.Open(file, 0, file.Length, path, null));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();
}
