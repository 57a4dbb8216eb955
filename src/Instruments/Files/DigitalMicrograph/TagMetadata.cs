namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>What the tags of an image say about instrument and acquisition.</summary>
internal static class TagMetadata
{
    private const int LongestText = 200;
    private const int DeepestGroup = 6;

    public static IReadOnlyDictionary<string, string> Of(TagValue.Group image, string unit, TagReader reader)
    {
        var table = new MetadataTable();
        TagValue.Group tags = image.FindGroup("ImageTags");
        TagValue.Group microscope = tags.FindGroup("Microscope Info");
        table.AddPositive(MetadataKeys.BeamEnergy, microscope.FindNumber("Voltage"), 1e-3);
        table.AddPositive(MetadataKeys.BeamCurrent, microscope.FindNumber("Probe Current (nA)"));
        table.AddPositive(MetadataKeys.Magnification, microscope.FindNumber("Indicated Magnification"));
        table.AddPositive(MetadataKeys.CameraLength, microscope.FindNumber("STEM Camera Length"));
        TagValue.Group eels = tags.FindGroup("EELS");
        table.AddPositive(MetadataKeys.ConvergenceAngle, eels.FindNumber("Convergence semi-angle (mrad)")
            ?? eels.FindNumber("Experimental Conditions", "Convergence semi-angle (mrad)"));
        table.AddPositive(MetadataKeys.CollectionAngle, eels.FindNumber("Collection semi-angle (mrad)")
            ?? eels.FindNumber("Experimental Conditions", "Collection semi-angle (mrad)"));
        table.AddPositive(MetadataKeys.Exposure, eels.FindNumber("Acquisition", "Exposure (s)")
            ?? tags.FindNumber("Acquisition", "Parameters", "High Level", "Exposure (s)"));
        table.Add(MetadataKeys.ValueUnit, unit);
        table.Add(MetadataKeys.Detector, TextOf(tags.Find("Acquisition", "Device", "Name"), reader));
        table.Add(MetadataKeys.Instrument, TextOf(microscope.Find("Microscope"), reader));
        table.Add(MetadataKeys.SignalType, TextOf(tags.Find("Meta Data", "Signal"), reader));
        table.Add(MetadataKeys.Date, TextOf(tags.Find("DataBar", "Acquisition Date"), reader));
        Add(table, tags, "", reader, 1);
        return table.Entries;
    }

    private static void Add(MetadataTable table, TagValue.Group group, string prefix, TagReader reader, int depth)
    {
        foreach ((string name, TagValue value) in group.Entries)
        {
            // What has no name is an element of a list, and lists are as long as they like.
            if (name.Length == 0)
            {
                continue;
            }

            switch (value)
            {
                case TagValue.Number number:
                    table.Add(prefix + name, number.Value);
                    break;
                case TagValue.Block:
                    table.Add(prefix + name, TextOf(value, reader));
                    break;
                case TagValue.Group inner when depth < DeepestGroup:
                    Add(table, inner, $"{prefix}{name}.", reader, depth + 1);
                    break;
            }
        }
    }

    private static string? TextOf(TagValue? value, TagReader reader) =>
        value is TagValue.Block block && block.Type == TagType.Character && block.Count <= LongestText
            ? reader.ReadText(block)
            : null;
}
