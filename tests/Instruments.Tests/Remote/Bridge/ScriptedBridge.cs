using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DklActors.Support.Lines;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>A bridge that answers as the protocol says, but for what a test scripts otherwise.</summary>
internal sealed class ScriptedBridge : IAsyncDisposable
{
    public const string Token = "a-token-of-forty-characters-for-tests-00";
    public const int Channels = 16;

    private readonly LoopbackServer _server;

    public ScriptedBridge() => _server = new LoopbackServer(ServeAsync);

    public Uri Address => new($"http://127.0.0.1:{_server.Port}");

    /// <summary>Answers in place of the usual ones, by route; paths of a request id end with *.</summary>
    public ConcurrentDictionary<string, Func<Asked, Reply>> On { get; } = [];

    /// <summary>All that was asked, in order.</summary>
    public ConcurrentQueue<Asked> Log { get; } = [];

    public string Instance { get; set; } = "0a0a";

    public int Sessions { get; private set; }

    public int Revision { get; set; } = 1;

    public double LongestDwell { get; set; } = 10;

    public double? Current { get; set; } = 50;

    public bool IsBlanked { get; set; } = true;

    public string? Alarm { get; set; }

    public string[] Conditions { get; set; } = [];

    public string? Commander { get; set; }

    public DateTimeOffset? Clock { get; set; }

    public object? Window { get; set; } = new { row = new[] { 0, 31 }, column = new[] { 0, 31 } };

    /// <summary>Limits of the stage, as JSON; null for a stage that is not moved.</summary>
    public string? StageLimits { get; set; }

    /// <summary>Where the stage reads back.</summary>
    public (double X, double Y) Stage { get; set; }

    public string? Place { get; set; } = """{"row": 1.5, "column": 2.5}""";

    public IEnumerable<Asked> Of(string route) => Log.Where(asked => asked.Route == route);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public Reply Usual(Asked asked) => asked.Route switch
    {
        "GET /v1" => Reply.Json(new
        {
            protocol = "dkl-bridge", version = 1, name = "scripted", instrument = "a test", instance = Instance,
        }),
        "GET /v1/capabilities" => Reply.Json(Capabilities()),
        "GET /v1/state" or "POST /v1/heartbeat" => Reply.Json(State()),
        "POST /v1/session" => Open(),
        "DELETE /v1/session" => Reply.Json(new { blanked = true }),
        "POST /v1/beam/blank" => Blank(),
        "PUT /v1/window" => Confirm(),
        "PUT /v1/probe" or "GET /v1/probe" => Reply.Text(Place!),
        "PUT /v1/stage" => MoveStage(asked),
        "GET /v1/stage" => Reply.Json(new { x_nm = Stage.X, y_nm = Stage.Y }),
        "POST /v1/surveys" => Reply.Array(
            asked.Json.GetProperty("request").GetString()!, "32,32", new float[32 * 32], new { pixel_nm = 0.5 }),
        "POST /v1/exposures" => Exposed(asked.Json.GetProperty("request").GetString()!),
        _ when asked.Path.EndsWith("/frame", StringComparison.Ordinal) => Frame(RequestOf(asked)),
        _ when asked.Path.StartsWith("/v1/exposures/", StringComparison.Ordinal) => Exposed(RequestOf(asked)),
        _ => Reply.Refusal(404, "not-found", "permanent"),
    };

    public static string RequestOf(Asked asked) => Uri.UnescapeDataString(asked.Path.Split('/')[3]);

    public static Reply Exposed(string request, string outcome = "exposed", string endedBy = "dwell") => Reply.Json(
        new { request, outcome, ended_by = endedBy, beam_on_s = 0.02, blanked = true, duplicate = false });

    public static Reply Frame(string request) => Reply.Array(
        request, $"{Channels}", [.. Enumerable.Range(0, Channels).Select(static i => (float)i)],
        new { detector = "eels", dwell_s = 0.02 });

    private Reply MoveStage(Asked asked)
    {
        Stage = (asked.Json.GetProperty("x_nm").GetDouble(), asked.Json.GetProperty("y_nm").GetDouble());
        return Reply.Json(new { x_nm = Stage.X, y_nm = Stage.Y });
    }

    private Reply Open()
    {
        Sessions++;
        return Reply.Json(new
        {
            session = $"{Sessions:x2}aabbccddeeff00", capabilities = Capabilities(), state = State(),
        });
    }

    private Reply Blank()
    {
        IsBlanked = true;
        return Reply.Json(new { blanked = true });
    }

    private Reply Confirm()
    {
        Window = new { row = new[] { 0, 31 }, column = new[] { 0, 31 } };
        Revision++;
        return Reply.Json(new { rows = 32, columns = 32 });
    }

    private object Capabilities() => new
    {
        revision = Revision,
        limits = new
        {
            dwell_s = new[] { 0.001, LongestDwell },
            longest_s = 60.0,
            survey = new { rows = new[] { 16, 2048 }, columns = new[] { 16, 2048 }, dwell_s = new[] { 1e-7, 1e-3 } },
            probe = Window,
            stage = StageLimits is null ? null : JsonNode.Parse(StageLimits),
        },
        channels = new[] { "HAADF" },
        detectors = new object[]
        {
            new
            {
                id = "eels", kind = "spectrum", shape = new[] { Channels }, dtype = "<f4", read_out_s = 0.01,
                energy = new { origin_ev = 0.0, dispersion_ev = 0.5 },
            },
            new { id = "camera", kind = "pattern", shape = new[] { 4, 4 }, dtype = "<f4", read_out_s = 0.01 },
        },
        beam = new { energy_kev = 200.0, current_pa = Current, times_itself = false },
        settle_s = 0.001,
        stage_moves = StageLimits is not null,
    };

    private object State() => new
    {
        beam = new { blanked = IsBlanked, alarm = Alarm, exposing = (string?)null },
        probe = (object?)null,
        stage = StageLimits is null ? null : new { x_nm = Stage.X, y_nm = Stage.Y },
        current_pa = Current,
        conditions = Conditions,
        session = Commander is null ? null : new { client = Commander, silent_s = 0.1 },
        revision = Revision,
        time = (Clock ?? TimeProvider.System.GetUtcNow()).ToString("O"),
    };

    private async Task ServeAsync(TcpClient client)
    {
        client.NoDelay = true;
        NetworkStream stream = client.GetStream();
        while (await ReadAsync(stream) is { } asked)
        {
            Log.Enqueue(asked);
            Reply reply = AnswerTo(asked);
            if (!await WriteAsync(stream, reply))
            {
                return;
            }
        }
    }

    private Reply AnswerTo(Asked asked)
    {
        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
        {
            return Reply.Refusal(401, "unauthorized", "permanent");
        }

        string prefix = asked.Path.EndsWith("/frame", StringComparison.Ordinal) ? "/v1/exposures/*/frame"
            : asked.Path.StartsWith("/v1/exposures/", StringComparison.Ordinal) ? "/v1/exposures/*"
            : asked.Path;
        return On.TryGetValue($"{asked.Method} {prefix}", out Func<Asked, Reply>? scripted)
            ? scripted(asked)
            : Usual(asked);
    }

    private async Task<bool> WriteAsync(NetworkStream stream, Reply reply)
    {
        if (reply.Status == 0)
        {
            return false;
        }

        var head = new StringBuilder($"HTTP/1.1 {reply.Status} X\r\nDkl-Bridge: 1\r\nDkl-Instance: {Instance}\r\n");
        if (!reply.Headers.ContainsKey("Content-Length"))
        {
            head.Append($"Content-Length: {reply.Body.Length}\r\n");
        }

        foreach ((string name, string value) in reply.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), _server.Ended);
        await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length), _server.Ended);
        return reply.CutAfter is null;
    }

    private async Task<Asked?> ReadAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        int count = 0;
        int end;
        while ((end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(count), _server.Ended);
            if (read == 0)
            {
                return null;
            }

            count += read;
        }

        string[] lines = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = lines.Skip(1).Select(static line => line.Split(": ", 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
        int length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"));
        while (count < end + 4 + length)
        {
            count += await stream.ReadAsync(buffer.AsMemory(count), _server.Ended);
        }

        return new Asked(first[0], first[1], headers, buffer[(end + 4)..(end + 4 + length)]);
    }
}
