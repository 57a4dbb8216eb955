using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DklActors.Instruments.Files;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>Reads the array of an answer: request, type, shape and length first, then the bytes, then their checksum.
/// </summary>
internal static class ArrayReader
{
    private static readonly JsonElement NoMeta = JsonDocument.Parse("{}").RootElement.Clone();

    /// <exception cref="BridgeException">It is not what was asked for, or its connection broke.</exception>
    public static async Task<BridgeArray> ReadAsync(
        Uri bridge, HttpResponseMessage answer, ExpectedArray expected, CancellationToken cancellationToken)
    {
        HttpResponseHeaders headers = answer.Headers;
        Require(bridge, "request", Header(headers, "Dkl-Request"), expected.Request);
        Require(bridge, "shape", Header(headers, "Dkl-Shape"), expected.ShapeText);
        string dtype = Header(headers, "Dkl-Dtype") ?? "none";
        if (expected.Dtype is { } wanted)
        {
            Require(bridge, "type", dtype, wanted);
        }
        else if (!ExpectedArray.Dtypes.Contains(dtype))
        {
            throw BridgeException.WrongArray(bridge, $"its type is {dtype}, none of the protocol");
        }

        ElementType element = ElementType.Parse(dtype)!.Value;
        long length = (long)expected.Count * element.Size;
        if (answer.Content.Headers.ContentLength != length)
        {
            throw BridgeException.WrongArray(
                bridge, $"it has {answer.Content.Headers.ContentLength?.ToString() ?? "an unknown number of"} bytes, "
                + $"and {dtype} of {expected.ShapeText} have {length}");
        }

        if (!uint.TryParse(
            Header(headers, "Dkl-Crc32"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint crc))
        {
            throw BridgeException.WrongArray(bridge, "it has no checksum");
        }

        return new BridgeArray(
            await ReadAsync(bridge, answer.Content, expected, element, (int)length, crc, cancellationToken)
                .ConfigureAwait(false),
            MetaOf(bridge, Header(headers, "Dkl-Meta")));
    }

    private static async Task<float[]> ReadAsync(
        Uri bridge,
        HttpContent content,
        ExpectedArray expected,
        ElementType element,
        int length,
        uint crc,
        CancellationToken cancellationToken)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Memory<byte> bytes = rented.AsMemory(0, length);
            Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            }

            if (Crc32.Of(bytes.Span) is var actual && actual != crc)
            {
                throw BridgeException.WrongArray(bridge, $"its checksum is {actual:x8} and should be {crc:x8}");
            }

            float[] values = new float[expected.Count];
            element.Convert(bytes.Span, values);
            int strange = expected.IsFinite ? Array.FindIndex(values, static value => !float.IsFinite(value)) : -1;
            return strange < 0
                ? values
                : throw BridgeException.WrongArray(bridge, $"value {strange} is {values[strange]}, no number");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw BridgeException.Lost(
                bridge, $"the connection broke within an array ({exception.Message})", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static JsonElement MetaOf(Uri bridge, string? meta) =>
        meta is null ? NoMeta : BridgeJson.Parse(bridge, Encoding.UTF8.GetBytes(meta));

    private static void Require(Uri bridge, string what, string? actual, string wanted)
    {
        if (actual != wanted)
        {
            throw BridgeException.WrongArray(
                bridge, $"its {what} is {actual ?? "not given"}, and {wanted} was asked for");
        }
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
