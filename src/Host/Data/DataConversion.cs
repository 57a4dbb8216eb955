using DklActors.Host.Commands;
using DklActors.Host.Journals;
using DklActors.Host.Running;
using DklActors.Instruments.Files;
using DklActors.Journal.Export.HyperSpy;

namespace DklActors.Host.Data;

/// <summary>
/// One <c>dkl data convert</c>: the file is there whole or not at all. Elements pass through in pieces.
/// </summary>
internal sealed class DataConversion(ConversionRequest request)
{
    /// <returns>What was written, in words.</returns>
    /// <exception cref="UsageException">The file is there already, or the format is none.</exception>
    /// <exception cref="DataFileException">The source cannot be read.</exception>
    public string Run()
    {
        string extension = Path.GetExtension(request.To).ToUpperInvariant();
        if (extension is not (".NPZ" or ".HSPY"))
        {
            throw new UsageException($"{request.To}: name a file that ends in .npz or .hspy.");
        }

        if (File.Exists(request.To) && !request.Force)
        {
            throw new UsageException($"{request.To} is there already; replace it with --force, or name another file.");
        }

        if (RunFolder.HoldsRun(request.From))
        {
            return new JournalExport(new ExportRequest(
                request.From, extension == ".NPZ" ? ExportFormat.Npz : ExportFormat.Hspy, request.To, request.Force,
                request.SignalType ?? "")).Run();
        }

        using ArrayContainer container = ArrayContainer.OpenAny(request.From);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.To))!);
        string unfinished = request.To + ".part";
        try
        {
            string written;
            using (FileStream file = File.Create(unfinished))
            {
                written = extension == ".NPZ" ? WriteNpz(container, file) : WriteHyperSpy(container, file);
            }

            long length = new FileInfo(unfinished).Length;
            File.Move(unfinished, request.To, overwrite: request.Force);
            return $"{request.To}: {written}, {ByteText.Of(length)}.";
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private string WriteNpz(ArrayContainer container, FileStream file)
    {
        // A large array is stored as it is, so that its positions can be read one by one.
        const long LargestDeflated = 64L << 20;
        string[] names = request.Array is { } chosen
            ? SignalFacts.WithCalibrations(container, chosen)
            : [.. container.Names];
        using var writer = new NpzWriter(file);
        foreach (string name in names)
        {
            DataArray array = container.Read(name);
            writer.Add(name, array, isStored: array.Bytes > LargestDeflated);
            if (array.Shape.Count > 1)
            {
                writer.Add<double>($"{name}_scale", [array.Shape.Count], SignalFacts.Scales(array));
                writer.Add<double>($"{name}_offset", [array.Shape.Count], SignalFacts.Offsets(array));
            }
        }

        return $"{names.Length} arrays ({string.Join(", ", names)}) with the scales and offsets of their axes";
    }

    private string WriteHyperSpy(ArrayContainer container, FileStream file)
    {
        string name = request.Array ?? SignalFacts.Pick(container);
        DataArray array = container.Read(name);
        if (array.Shape.Count == 0)
        {
            throw new UsageException($"'{name}' is one number; name a spectrum, an image or a set of them by --array.");
        }

        IReadOnlyList<DataAxis> axes = SignalFacts.AxesOf(container, name, array);
        string type = request.SignalType ?? SignalFacts.SignalTypeOf(array, axes);
        HyperSpySignalFile.Write(file, new HyperSpySignal(
            container.LabelOf(name), type, array.ElementType,
            [
                .. axes.Select(static axis => new HyperSpyAxis(
                    axis.Name, axis.Unit, axis.Length, axis.Offset, axis.Scale, axis.Role == AxisRole.Navigation)
                {
                    Values = axis.Values,
                }),
            ],
            array.Pieces())
        {
            Instrument = SignalFacts.InstrumentOf(array),
            EelsDetector = SignalFacts.EelsDetectorOf(array, type),
            Original = array.Metadata,
        });
        string what = type.Length > 0 ? $" of type {type}" : "";
        return $"'{name}' {array.ShapeText} as one signal{what}";
    }
}
