using System.Text.Json;
using System.Text.Json.Serialization;

namespace DklActors.Host.Trainers.Wire;

/// <summary>Messages as JSON: UTF-8, camelCase, enums as words; bounded both ways.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Strict = Make(JsonUnmappedMemberHandling.Disallow);
    private static readonly JsonSerializerOptions Lenient = Make(JsonUnmappedMemberHandling.Skip);

    /// <exception cref="WireException">It would be larger than <paramref name="mostBytes"/>.</exception>
    public static byte[] Write<T>(T message, int mostBytes)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, Strict);
        return body.Length <= mostBytes ? body : throw TooLarge<T>(body.Length, mostBytes);
    }

    /// <exception cref="WireException">Too large, or not such a message.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body, int mostBytes)
        where T : class => Read<T>(body, mostBytes, Strict);

    /// <summary>Reads what is known of a job of any version.</summary>
    /// <exception cref="WireException">Not even that can be read.</exception>
    public static JobEnvelope ReadEnvelope(ReadOnlySpan<byte> body) =>
        Read<JobEnvelope>(body, TrainerProtocol.LargestJob, Lenient);

    private static T Read<T>(ReadOnlySpan<byte> body, int mostBytes, JsonSerializerOptions options)
        where T : class
    {
        if (body.Length > mostBytes)
        {
            throw TooLarge<T>(body.Length, mostBytes);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body, options)
                ?? throw new WireException($"A message of {body.Length} bytes is null, and no {typeof(T).Name}.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException
            or InvalidOperationException or ArgumentException)
        {
            throw new WireException(
                $"A message of {body.Length} bytes is no {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    private static WireException TooLarge<T>(int bytes, int mostBytes) => new(
        $"A {typeof(T).Name} of {bytes} bytes is larger than the {mostBytes} that may be sent.");

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            // A scalar may be no number, and it is the engine that has to say so.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            UnmappedMemberHandling = unmapped,
            AllowDuplicateProperties = false,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            IgnoreReadOnlyProperties = true,
            MaxDepth = 16,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
