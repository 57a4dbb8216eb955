using System.Collections.Concurrent;
using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Secrets;
using DklActors.Journal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DklActors.Support.Trainers;

/// <summary>A daemon's contents over HTTP: the two routes that a node uses.</summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TrainerToken _token;

    private ContentServer(WebApplication app, TrainerToken token)
    {
        _app = app;
        _token = token;
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Contents by hash.</summary>
    public ConcurrentDictionary<string, byte[]> Contents { get; } = [];

    /// <summary>Hashes that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Answers so many requests with a byte changed.</summary>
    public int Damaged { get; set; }

    public static async Task<ContentServer> StartAsync(TrainerToken token)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        WebApplication app = builder.Build();
        var server = new ContentServer(app, token);
        app.UseRouting();
        app.MapGet("/" + ContentExchange.Route + "{hash}", server.Get);
        app.MapPut("/" + ContentExchange.Route + "{hash}", server.PutAsync);
        await app.StartAsync();
        return server;
    }

    public string Add(ReadOnlyMemory<byte> content)
    {
        string hash = ContentHash.Of(content.Span).Hex;
        Contents[hash] = content.ToArray();
        return hash;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Get(string hash, HttpRequest request)
    {
        Asked.Enqueue(hash);
        if (!MayEnter(request))
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (!Contents.TryGetValue(hash, out byte[]? content))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (Damaged > 0)
        {
            Damaged--;
            content = [.. content];
            content[^1] ^= 1;
        }

        return Results.Bytes(content);
    }

    private async Task<IResult> PutAsync(string hash, HttpRequest request)
    {
        if (!MayEnter(request))
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (ContentHash.Of(body.ToArray()).Hex != hash)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        Contents[hash] = body.ToArray();
        return Results.StatusCode(StatusCodes.Status204NoContent);
    }

    private bool MayEnter(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && _token.Is(header["Bearer ".Length..]);
    }
}
