namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>What a tag of a DigitalMicrograph file holds.</summary>
internal abstract record TagValue
{
    /// <summary>One number; 64-bit integers beyond 2^53 are rounded.</summary>
    public sealed record Number(double Value) : TagValue;

    /// <summary>A row of equal numbers, left in the file.</summary>
    /// <param name="Offset">Where it begins in the file.</param>
    /// <param name="Type">Type of the elements.</param>
    /// <param name="Count">Number of elements.</param>
    public sealed record Block(long Offset, TagType Type, long Count) : TagValue
    {
        public long Bytes => Count * Type.Size;
    }

    /// <summary>A structure, or an array of them: nothing in it is needed here.</summary>
    public sealed record Skipped(long Offset, long Bytes) : TagValue;

    /// <summary>Tags with names, or without; a name may stand several times.</summary>
    public sealed record Group(IReadOnlyList<(string Name, TagValue Value)> Entries) : TagValue
    {
        public static Group Empty { get; } = new([]);

        public IEnumerable<Group> Groups => Entries.Select(static entry => entry.Value).OfType<Group>();

        /// <summary>The value at a path of names, the first where names are alike; null where there is none.</summary>
        public TagValue? Find(params ReadOnlySpan<string> path)
        {
            TagValue? found = this;
            foreach (string name in path)
            {
                found = (found as Group)?.Entries.FirstOrDefault(entry => entry.Name == name).Value;
            }

            return found;
        }

        public Group FindGroup(params ReadOnlySpan<string> path) => Find(path) as Group ?? Empty;

        public double? FindNumber(params ReadOnlySpan<string> path) => (Find(path) as Number)?.Value;
    }
}
