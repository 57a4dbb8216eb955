using DklActors.Instruments.Files.Emd;
using DklActors.Instruments.Files.Hdf5.Classic;
using DklActors.Instruments.Files.HyperSpy;
using DklActors.Instruments.Files.Usid;

namespace DklActors.Instruments.Files.Hdf5;

/// <summary>
/// An HDF5 file after the conventions of HyperSpy, of NCEM or Velox (<c>.emd</c>), or of USID or NSID; else every
/// dataset of numbers under its path.
/// </summary>
public sealed class Hdf5Container : SignalContainer
{
    private readonly DataFile _file;

    private Hdf5Container(DataFile file, Hdf5Group root)
        : base(file.Path)
    {
        _file = file;
        Hdf5Layout? layout = HyperSpyReader.Read(file.Path, root) ?? VeloxReader.Read(file.Path, root)
            ?? NcemReader.Read(file.Path, root) ?? UsidReader.Read(file.Path, root) ?? NsidReader.Read(file.Path, root);
        Layout = layout?.Name ?? "HDF5";
        if (layout is not null)
        {
            AddSignals(layout.Signals);
            foreach ((string name, Func<DataArray> read) in layout.Extras)
            {
                AddArray(name, "", read);
            }

            return;
        }

        foreach (Hdf5Dataset dataset in root.Descendants().OfType<Hdf5Dataset>().Where(static it => it.IsNumeric))
        {
            AddArray(dataset.Path.TrimStart('/'), "", () => dataset.ToArray(file.Path));
        }
    }

    /// <summary>The convention that the file follows, such as HyperSpy.</summary>
    public string Layout { get; }

    public override string Format => Layout == "HDF5" ? Layout : $"{Layout} (HDF5)";

    /// <summary>Reads the structure; elements are read when asked for, while this is not disposed.</summary>
    /// <exception cref="DataFileException">Unreadable, no such file, or damaged.</exception>
    public static new Hdf5Container Open(string path)
    {
        DataFile file = DataFile.Open(path);
        try
        {
            return new Hdf5Container(file, ClassicFile.Open(file).Root);
        }
        catch (NewerStructureException exception)
        {
            file.Dispose();
            throw exception.Problem;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();
}
