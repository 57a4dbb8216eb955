using System.Buffers.Binary;
using DklActors.Journal.Codecs;
using DklActors.Journal.Export.Hdf5;
using DklActors.Journal.Export.Points;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Journal.Export.HyperSpy;

/// <summary>
/// The measured frames of a run as one signal in HyperSpy's own file format (<c>.hspy</c>, version 3.1): the point
/// number is the navigation axis; positions, scalars and the structural image are under <c>metadata.DklActors</c>.
/// </summary>
public static class HyperSpyFile
{
    /// <param name="stream">Empty, and can seek.</param>
    /// <param name="frames">What to write; frames are read one after the other.</param>
    /// <param name="signalType">HyperSpy's signal type, such as <c>EELS</c>; empty for a plain signal.</param>
    public static void Write(Stream stream, RunFrames frames, string signalType)
    {
        ArgumentNullException.ThrowIfNull(frames);
        string title = TitleOf(frames.Head);
        Hdf5Group root = HyperSpyParts.Root();
        Hdf5Group signal = root.AddGroup("Experiments").AddGroup(title);
        HyperSpyParts.AddPackage(signal);
        signal.Add("data", new Hdf5Dataset(Hdf5Type.Float32, ShapeOf(frames), frames.Frames.Select(BytesOf)));
        AddAxes(signal, frames);
        AddMetadata(signal.AddGroup("metadata"), frames, title, signalType);
        AddOriginalMetadata(signal.AddGroup("original_metadata"), frames);
        Hdf5File.Write(stream, root);
    }

    // A name that HDF5 takes; the run's own is in the metadata.
    private static string TitleOf(RunHead head)
    {
        string name = string.Concat(head.Started.Name.Select(
            static letter => letter is '/' or < ' ' or > '\x7e' ? '-' : letter));
        return name is "" or "." ? "run" : name;
    }

    private static long[] ShapeOf(RunFrames frames) => frames.Sample switch
    {
        PatternFrame pattern => [frames.Count, pattern.Shape.Rows, pattern.Shape.Columns],
        _ => [frames.Count, frames.Sample.Counts.Length],
    };

    private static ReadOnlyMemory<byte> BytesOf(Frame frame)
    {
        byte[] bytes = new byte[frame.Counts.Length * sizeof(float)];
        FloatBytes.Write(frame.Counts.Span, bytes);
        return bytes;
    }

    private static void AddAxes(Hdf5Group signal, RunFrames frames)
    {
        HyperSpyParts.AddAxis(
            signal, 0, new HyperSpyAxis("Point", string.Empty, frames.Count, 0.0, 1.0, IsNavigation: true));
        switch (frames.Sample)
        {
            case SpectrumFrame { Axis: { } energy }:
                HyperSpyParts.AddAxis(
                    signal, 1,
                    new HyperSpyAxis("Energy", "eV", energy.Channels, energy.Origin.Value, energy.Dispersion.Value));
                break;
            case PatternFrame { Shape: { } shape }:
                HyperSpyParts.AddAxis(signal, 1, new HyperSpyAxis("y", "px", shape.Rows, 0.0, 1.0));
                HyperSpyParts.AddAxis(signal, 2, new HyperSpyAxis("x", "px", shape.Columns, 0.0, 1.0));
                break;
        }
    }

    private static void AddMetadata(Hdf5Group metadata, RunFrames frames, string title, string signalType)
    {
        HyperSpyParts.AddHead(metadata, title, signalType);
        Hdf5Group general = (Hdf5Group)metadata.Members["General"];
        general.Attributes.Add(Hdf5Attribute.Of("date", $"{frames.Head.StartedAt:yyyy-MM-dd}"));
        general.Attributes.Add(Hdf5Attribute.Of("time", $"{frames.Head.StartedAt:HH:mm:ss}"));
        general.Attributes.Add(Hdf5Attribute.Of("time_zone", "UTC"));

        Hdf5Group own = metadata.AddGroup("DklActors");
        double pixel = frames.Head.Image.PixelSize.Value;
        own.Attributes.Add(Hdf5Attribute.Of("pixel_size_nm", pixel));
        own.Add("point", Numbers(frames, static story => (long)story.Point.Value));
        own.Add("quality", Numbers(frames, static story => (long)PointColumns.QualityOf(story)));
        own.Add("requested_px", Pairs(frames, static story => PointColumns.Requested(story, 1.0)));
        own.Add("probe_px", Pairs(frames, static story => PointColumns.ReadBack(story, 1.0)));
        own.Add("requested_nm", Pairs(frames, story => PointColumns.Requested(story, pixel)));
        own.Add("probe_nm", Pairs(frames, story => PointColumns.ReadBack(story, pixel)));
        own.Add("scalar", Numbers(frames, PointColumns.ScalarOf));
        own.Add("standard_error", Numbers(frames, PointColumns.StandardErrorOf));
        own.Add("electrons", Numbers(frames, static story => story.ChargedElectrons));
        AddImage(own.AddGroup("_sig_image"), frames.Head.Image);
        AddStage(metadata, frames.Head.StageAt);
    }

    // HyperSpy's own name for it, in mm.
    private static void AddStage(Hdf5Group metadata, StagePosition? place)
    {
        if (place is { } at)
        {
            metadata.AddGroup("Acquisition_instrument").AddGroup("TEM").AddGroup("Stage").Attributes.AddRange(
            [
                Hdf5Attribute.Of("x", at.X.Value / 1e6),
                Hdf5Attribute.Of("y", at.Y.Value / 1e6),
            ]);
        }
    }

    // A signal within the metadata: HyperSpy gives it back as one.
    private static void AddImage(Hdf5Group signal, StructuralImage image)
    {
        HyperSpyParts.AddPackage(signal);
        byte[] values = new byte[image.Values.Length * sizeof(float)];
        FloatBytes.Write(image.Values.Span, values);
        signal.Add("data", new Hdf5Dataset(Hdf5Type.Float32, [image.Shape.Rows, image.Shape.Columns], [values]));
        double pixel = image.PixelSize.Value;
        HyperSpyParts.AddAxis(signal, 0, new HyperSpyAxis("y", "nm", image.Shape.Rows, 0.0, pixel));
        HyperSpyParts.AddAxis(signal, 1, new HyperSpyAxis("x", "nm", image.Shape.Columns, 0.0, pixel));
        HyperSpyParts.AddHead(signal.AddGroup("metadata"), image.Channel, string.Empty);
        signal.AddGroup("original_metadata");
    }

    private static void AddOriginalMetadata(Hdf5Group original, RunFrames frames)
    {
        var started = frames.Head.Started;
        original.AddGroup("run").Attributes.AddRange(
        [
            Hdf5Attribute.Of("run_id", started.RunId),
            Hdf5Attribute.Of("name", started.Name),
            Hdf5Attribute.Of("seed", $"{started.Seed}"),
            Hdf5Attribute.Of("recipe_sha256", started.RecipeHash),
            Hdf5Attribute.Of("microscope", started.Microscope),
            Hdf5Attribute.Of("scalarizer", frames.Head.Scalarizer),
            Hdf5Attribute.Of("engine", started.Engine),
            Hdf5Attribute.Of("acquisition", started.Acquisition),
            Hdf5Attribute.Of("software", started.Provenance.Software),
        ]);
    }

    private static Hdf5Dataset Numbers(RunFrames frames, Func<PointStory, long> value) => new(
        Hdf5Type.Int64, [frames.Count], frames.Points.Select(story => Bytes([value(story)])));

    private static Hdf5Dataset Numbers(RunFrames frames, Func<PointStory, double> value) => new(
        Hdf5Type.Float64,
        [frames.Count],
        frames.Points.Select(story => Bytes([BitConverter.DoubleToInt64Bits(value(story))])));

    private static Hdf5Dataset Pairs(RunFrames frames, Func<PointStory, double[]> values) => new(
        Hdf5Type.Float64,
        [frames.Count, 2],
        frames.Points.Select(story => Bytes(Array.ConvertAll(values(story), BitConverter.DoubleToInt64Bits))));

    private static ReadOnlyMemory<byte> Bytes(long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return bytes;
    }
}
