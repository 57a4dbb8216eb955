namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

/// <summary>A tag tree to be written, so that tests can make files of every version, byte order and flaw.</summary>
internal abstract record TagNode
{
    public sealed record Group(params (string Name, TagNode Value)[] Entries) : TagNode;

    public sealed record Number(int Code, double Value) : TagNode;

    public sealed record Array(int Code, params double[] Values) : TagNode;

    /// <summary>A type description and bytes as they come.</summary>
    public sealed record Raw(long[] Description, byte[] Bytes) : TagNode;

    public static Array Text(string text) => new(4, [.. text.Select(static letter => (double)letter)]);

    /// <summary>A group of numbers without names, as dimensions are written.</summary>
    public static Group Row(params int[] values) =>
        new([.. values.Select(static value => ("", (TagNode)new Number(5, value)))]);
}
