namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>Finds the images in a tag tree. The thumbnail that every file carries is none of them.</summary>
internal sealed class ImageListReader(DataFile file, TagReader reader)
{
    private const int MostDimensions = 8;
    private const string SpectrumImageFormat = "Spectrum image";

    /// <exception cref="DataFileException">There is none, or one does not fit together.</exception>
    public IReadOnlyList<DigitalMicrographImage> Read(TagValue.Group root)
    {
        TagValue.Group[] list = [.. root.FindGroup("ImageList").Groups];
        HashSet<double> thumbnails =
            [.. root.FindGroup("Thumbnails").Groups.Select(static group => group.FindNumber("ImageIndex") ?? -1)];
        DigitalMicrographImage[] images =
            [.. list.Where((_, index) => !thumbnails.Contains(index)).Select(ReadImage)];
        return images.Length > 0
            ? images
            : throw Problem($"there is no image in it beyond {thumbnails.Count} thumbnails", "save the data again");
    }

    private DigitalMicrographImage ReadImage(TagValue.Group image)
    {
        string title = TextOf(image.Find("Name"));
        TagValue.Group content = image.FindGroup("ImageData");
        double[] lengths =
        [
            .. content.FindGroup("Dimensions").Entries.Select(static entry => entry.Value)
                .OfType<TagValue.Number>().Select(static number => number.Value),
        ];
        if (content.Find("Data") is not TagValue.Block data || content.FindNumber("DataType") is not { } code
            || lengths.Length is 0 or > MostDimensions || !lengths.All(IsLength))
        {
            throw Problem(
                $"the image '{title}' lacks data, data type, or 1 to {MostDimensions} dimensions", "save it again");
        }

        (int size, ElementType? type, string? problem) = PixelType.Of((int)code, reader.IsBigEndian);
        double bytes = lengths.Aggregate((double)size, static (product, length) => product * length);
        if (size > 0 && bytes != data.Bytes)
        {
            throw Problem(
                $"the image '{title}' of {string.Join(" × ", lengths)} pixels of {size} bytes needs {bytes} bytes, and "
                + $"{data.Bytes} are there (at byte {data.Offset})", "the file is damaged, copy or save it again");
        }

        TagValue.Group calibrations = content.FindGroup("Calibrations");
        TagValue.Group[] dimensions = [.. calibrations.FindGroup("Dimension").Groups];
        // The file counts dimensions from the fastest.
        (int Length, AxisCalibration Calibration)[] stored =
        [
            .. lengths.Select((length, i) => ((int)length, AxisOf(dimensions.ElementAtOrDefault(i)))).Reverse(),
        ];
        TagValue.Group metadata = image.FindGroup("ImageTags", "Meta Data");
        string unit = TextOf(calibrations.Find("Brightness", "Units"));
        var order = StoredOrder.Of(
            stored, TextOf(metadata.Find("Format")) == SpectrumImageFormat,
            metadata.FindNumber("Data Order Swapped") is > 0);
        return new DigitalMicrographImage(file, title, data, (type, problem), stored, order)
        {
            Metadata = TagMetadata.Of(image, unit, reader),
            Intensity = new IntensityCalibration(
                calibrations.FindNumber("Brightness", "Origin") ?? 0,
                calibrations.FindNumber("Brightness", "Scale") ?? 1,
                unit),
        };
    }

    private AxisCalibration AxisOf(TagValue.Group? dimension) => dimension is null
        ? new AxisCalibration(0, 1, "")
        : new AxisCalibration(
            dimension.FindNumber("Origin") ?? 0, dimension.FindNumber("Scale") ?? 1, TextOf(dimension.Find("Units")));

    private string TextOf(TagValue? value) => value is TagValue.Block block ? reader.ReadText(block).Trim() : "";

    private static bool IsLength(double length) => length is >= 1 and <= int.MaxValue && double.IsInteger(length);

    private DataFileException Problem(string problem, string remedy) => new(file.Path, null, problem, remedy);
}
