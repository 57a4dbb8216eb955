using System.Text;
using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Fuzzing;

/// <summary>Every route, method and field with what nobody should send: an answer, no 500, and nothing lost.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Seed = 20261126;
    private const int RoundsOfRoutes = 6;

    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch", "head", "options"];

    // Texts that have broken parsers of paths, numbers, JSON and YAML before.
    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1e999", "NaN", "9223372036854775808", "../../tokens.json", "..%2f..%2ftokens.json", "%00",
        "\u0000", "\ud800", "𝔘𝔫𝔦", "a'b\"c<d>", "null", "true", "[]", "{}", "CON", ".", "..", "x",
        new string('a', 3000),
        "${jndi:x}", "$(id)", "; drop table journal", "\r\nSet-Cookie: x=1",
    ];

    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_the_experiment_goes_on()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitAsync(Recipes.Long);
        await anna.UntilMeasuredAsync(id, 3);
        JsonElement description = (await anna.GetAsync("openapi.json")).Json;
        var random = new Random(Seed);
        List<string> bugs = [];
        int sent = 0;
        foreach (JsonProperty path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (string method in Methods)
            {
                for (int round = 0; round < RoundsOfRoutes; round++)
                {
                    // The run is to be there at the end, and the limit on heavy work is not what is tried here.
                    string route = Filled(path.Name, id, random);
                    string? body = BodyFor(path.Value, method, description, random);
                    await SendAsync(method, route, body);
                }
            }
        }

        bugs.Should().BeEmpty($"seed {Seed}, {sent} requests");
        sent.Should().BeGreaterThan(800);
        JsonElement status = (await anna.GetAsync($"experiments/{id}")).Json;
        IReadOnlyList<JsonElement> events = await anna.EventsAsync(id);
        events.Select(static told => told.GetProperty("sequence").GetInt64())
            .Should().Equal(Enumerable.Range(1, events.Count).Select(static number => (long)number));
        status.GetProperty("sequence").GetInt64().Should().BeLessThanOrEqualTo(events.Count);

        async Task SendAsync(string method, string route, string? body)
        {
            if (!Uri.TryCreate(daemon.Address, route, out Uri? address))
            {
                return;
            }

            // Who is asked to wait waits: the limit is not what is tried here.
            for (int attempt = 0; attempt < 100; attempt++)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address);
                request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                using HttpResponseMessage response =
                    await anna.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)response.StatusCode == 429)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50));
                    continue;
                }

                sent++;
                if ((int)response.StatusCode is 500 or 502)
                {
                    bugs.Add($"{method} {route} {body}: {await response.Content.ReadAsStringAsync()}");
                }

                return;
            }
        }
    }

    [Theory]
    [InlineData("{\"recipe\":")]
    [InlineData("[1,2,3]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"recipe\":null}")]
    [InlineData("{\"recipe\":5}")]
    [InlineData("{\"recipe\":\"a: [1,\"}")]
    [InlineData("{\"recipe\":\"&a [*a]\"}")]
    [InlineData("{\"recipe\":\"x\",\"recipe\":\"y\"}")]
    [InlineData("{\"recipe\":\"x\",\"unknown\":1}")]
    public async Task A_body_that_is_none_is_refused_with_a_word(string body)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await anna.Http.PostAsync("/api/v1/experiments", content);

        ((int)response.StatusCode).Should().BeOneOf(400, 422);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();

        Answer answer = await anna.PostAsync("recipes/check", new { recipe = new string('a', 300_000) });
        answer.Json.GetProperty("ok").GetBoolean().Should().BeFalse();
        using var huge = new StringContent(
            $"{{\"recipe\":\"{new string('a', 3_000_000)}\"}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await anna.Http.PostAsync("/api/v1/recipes/check", huge);

        ((int)response.StatusCode).Should().Be(413);
    }

    private static string Filled(string path, string id, Random random)
    {
        string filled = path;
        while (filled.IndexOf('{') is >= 0 and int start)
        {
            int end = filled.IndexOf('}', start);
            bool isRun = filled[start..end].Contains("id", StringComparison.Ordinal);
            // The run itself is asked for more often than not, or nothing behind it would be reached. What ends it is
            // asked of others alone.
            bool ends = path.EndsWith("/abort", StringComparison.Ordinal)
                || path.EndsWith("/halt", StringComparison.Ordinal) || path.EndsWith("/stop", StringComparison.Ordinal);
            string value = isRun && !ends && random.Next(4) > 0
                ? id
                : Uri.EscapeDataString(Replaced(Odd[random.Next(Odd.Length)]));
            filled = filled[..start] + value + filled[(end + 1)..];
        }

        string query = random.Next(2) == 0
            ? ""
            : $"?at={Escaped(random)}&after={Escaped(random)}&limit={Escaped(random)}&kind={Escaped(random)}";
        return filled + query;
    }

    private static string Escaped(Random random) => Uri.EscapeDataString(Replaced(Odd[random.Next(Odd.Length)]));

    // Half a surrogate cannot be escaped.
    private static string Replaced(string text) => text.Replace("\ud800", "�");

    /// <summary>The body that the route describes, with odd values in its fields; or none of the kind.</summary>
    private static string? BodyFor(JsonElement path, string method, JsonElement description, Random random)
    {
        if (!path.TryGetProperty(method, out JsonElement operation)
            || !operation.TryGetProperty("requestBody", out JsonElement body))
        {
            return random.Next(4) == 0 ? Odd[random.Next(Odd.Length)] : null;
        }

        JsonElement schema = body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = description.GetProperty("components").GetProperty("schemas")
                .GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        var fields = new Dictionary<string, object?>();
        foreach (JsonProperty field in schema.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().ToArray()
            : [])
        {
            fields[field.Name] = random.Next(6) switch
            {
                0 => null,
                1 => random.Next(-10, 50),
                2 => Replaced(Odd[random.Next(Odd.Length)]),
                3 => new Dictionary<string, object?>
                {
                    [Replaced(Odd[random.Next(Odd.Length)])] = Replaced(Odd[random.Next(Odd.Length)]),
                },
                4 => new object?[] { 1, null, "x" },
                _ => new Dictionary<string, object?>
                {
                    ["rows"] = new[] { 0, 3 }, ["columns"] = new[] { 0, 3 }, ["kind"] = "band-sum",
                },
            };
        }

        return JsonSerializer.Serialize(fields);
    }
}
