using System.Globalization;
using System.Text;
using DklActors.Instruments.Files;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// The first frame of an answer: <c>[dtype,dim,…]</c> and the bytes. What a server sends instead, when it refuses or
/// fails, has no such header: a bare <c>None</c>, or the traceback of an exception.
/// </summary>
/// <param name="Type">NumPy's name of the type, or <c>str</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Body">The bytes behind the header.</param>
internal sealed record AsyncroscopyReply(string Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Body)
{
    private const int LongestHeader = 64;
    private const int LongestReason = 300;
    private const string Text = "str";

    // What the servers say in words, in a frame that looks like any other.
    private static readonly string[] Refusals =
        ["[Central ERROR]", "[Central] Unknown", "[Central] Invalid", "Unknown command prefix", "Error:"];

    /// <exception cref="InstrumentException">The server refused, or failed; the message is its own.</exception>
    public static AsyncroscopyReply Of(string command, ReadOnlyMemory<byte> frame)
    {
        ReadOnlySpan<byte> bytes = frame.Span;
        if (bytes.SequenceEqual("None"u8))
        {
            throw new InstrumentException(
                FaultClass.Permanent,
                $"asyncroscopy refused '{command}' without a reason. A scan is refused when it would take more than "
                + "ten minutes.");
        }

        int end = bytes[..Math.Min(bytes.Length, LongestHeader)].IndexOf((byte)']');
        if (bytes.Length == 0 || bytes[0] != (byte)'[' || end < 0
            || Header(Encoding.ASCII.GetString(bytes[1..end])) is not { } header)
        {
            throw Failed(command, Encoding.UTF8.GetString(bytes));
        }

        var reply = new AsyncroscopyReply(header.Type, header.Shape, frame[(end + 1)..]);
        return reply.Type == Text && Array.Exists(
            Refusals, refusal => reply.Words.StartsWith(refusal, StringComparison.Ordinal))
                ? throw new InstrumentException(
                    FaultClass.Transient, $"asyncroscopy failed at '{command}': {Shortened(reply.Words)}.")
                : reply;
    }

    /// <summary>What the server said in words; empty where it sent numbers.</summary>
    public string Words => Type == Text ? Encoding.UTF8.GetString(Body.Span) : "";

    /// <summary>Its numbers, which have to have this shape.</summary>
    /// <exception cref="InstrumentException">They have not, or there are none.</exception>
    public float[] Numbers(string command, params int[] shape)
    {
        ElementType? element = Type switch
        {
            "uint8" => ElementType.Parse("|u1"),
            "int8" => ElementType.Parse("|i1"),
            "uint16" => ElementType.Parse("<u2"),
            "int16" => ElementType.Parse("<i2"),
            "uint32" => ElementType.Parse("<u4"),
            "int32" => ElementType.Parse("<i4"),
            "float32" => ElementType.Parse("<f4"),
            "float64" => ElementType.Parse("<f8"),
            _ => null,
        };
        int count = shape.Aggregate(1, static (product, length) => checked(product * length));
        if (element is not { } type || !Shape.SequenceEqual(shape) || Body.Length != (long)count * type.Size)
        {
            throw new InstrumentException(
                FaultClass.Transient,
                $"asyncroscopy answered '{command}' with {Body.Length} bytes of {Type} [{string.Join(", ", Shape)}]; "
                + $"[{string.Join(", ", shape)}] was asked for.");
        }

        float[] values = new float[count];
        type.Convert(Body.ToArray(), values);
        return values;
    }

    private static InstrumentException Failed(string command, string said) => new(
        FaultClass.Unknown,
        $"asyncroscopy failed at '{command}': {Shortened(LastLine(said))}. See the log of its server.");

    private static (string Type, int[] Shape)? Header(string text)
    {
        string[] parts = text.Split(',');
        int[] shape = new int[parts.Length - 1];
        for (int i = 0; i < shape.Length; i++)
        {
            if (!int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                return null;
            }
        }

        return parts[0].Length > 0 && parts[0].All(char.IsAsciiLetterOrDigit) ? (parts[0], shape) : null;
    }

    // Of a traceback, what was thrown.
    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
        ?? "an empty answer";

    private static string Shortened(string text)
    {
        string line = new([.. text.Select(static c => char.IsControl(c) ? ' ' : c).Take(LongestReason)]);
        return line.TrimEnd('.', ' ');
    }
}
