namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

/// <summary>Images as they stand in the list of a file.</summary>
internal static class SampleImage
{
    /// <summary>Number of each data type, with the code of the tag type that holds it.</summary>
    public static readonly (int DataType, int Code)[] DataTypes =
        [(1, 2), (2, 6), (6, 8), (7, 3), (9, 10), (10, 4), (11, 5), (12, 7), (14, 8), (39, 11), (40, 12)];

    /// <summary>A root with a thumbnail and then the images, as DigitalMicrograph saves them.</summary>
    public static TagNode.Group Root(params TagNode.Group[] images) => new(
        ("InImageMode", new TagNode.Number(8, 1)),
        ("Strange structure", new TagNode.Raw([15, 0, 2, 0, 3, 0, 7], new byte[12])),
        ("Strange rows", new TagNode.Raw([20, 15, 0, 2, 0, 2, 0, 2, 3], new byte[12])),
        ("ImageList", new TagNode.Group([("", Thumbnail), .. images.Select(static image => ("", (TagNode)image))])),
        ("Thumbnails", new TagNode.Group(("", new TagNode.Group(("ImageIndex", new TagNode.Number(5, 0)))))));

    /// <summary>Values 0, 1, 2 … in the order of the file, dimensions fastest first.</summary>
    public static TagNode.Group Ramp(
        string title, int[] dimensions, (int DataType, int Code) type, params TagNode.Group[] calibrations) => Image(
            title, dimensions, type.DataType,
            new TagNode.Array(type.Code, [.. Enumerable.Range(0, Product(dimensions)).Select(static i => (double)i)]),
            calibrations);

    public static TagNode.Group Image(
        string title, int[] dimensions, int dataType, TagNode data, params TagNode.Group[] calibrations) => new(
            ("ImageData", new TagNode.Group(
                ("Calibrations", new TagNode.Group(
                    ("Brightness", Calibration(0, 0.5, "e-")),
                    ("Dimension", new TagNode.Group(
                        [.. calibrations.Select(static calibration => ("", (TagNode)calibration))])))),
                ("Data", data),
                ("DataType", new TagNode.Number(5, dataType)),
                ("Dimensions", TagNode.Row(dimensions)),
                ("PixelDepth", new TagNode.Number(5, 1)))),
            ("ImageTags", new TagNode.Group(
                ("Meta Data", new TagNode.Group(("Format", TagNode.Text("Spectrum image")))))),
            ("Name", TagNode.Text(title)));

    public static TagNode.Group Calibration(double origin, double scale, string unit) => new(
        ("Origin", new TagNode.Number(6, origin)),
        ("Scale", new TagNode.Number(6, scale)),
        ("Units", TagNode.Text(unit)));

    private static TagNode.Group Thumbnail => Ramp("thumbnail", [2, 2], (23, 3));

    private static int Product(int[] dimensions) => dimensions.Aggregate(1, static (product, next) => product * next);
}
