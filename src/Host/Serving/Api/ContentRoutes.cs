using DklActors.Host.Serving.Access;
using DklActors.Host.Trainers.Contents;
using DklActors.Journal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>What trainer nodes fetch and hand in, by content hash; with the trainer token alone.</summary>
internal static class ContentRoutes
{
    private const string MediaType = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder contents = routes.MapGroup(Routes.Root + "/contents")
            .RequireAuthorization(nameof(Role.Trainer)).DisableRateLimiting();
        contents.MapGet("/{hash}", GetAsync).WithSummary("A structural image or a model's state, by its SHA-256.");
        contents.MapPut("/{hash}", PutAsync).WithSummary("Hands in the state of a model.")
            .WithMetadata(new RequestSizeLimitAttribute(ContentShelf.LargestContent));
    }

    private static async Task GetAsync(string hash, HttpContext context, ContentShelf shelf)
    {
        if (!shelf.TryGet(HashOf(hash), out ReadOnlyMemory<byte> content))
        {
            throw ApiException.NotFound(
                $"There is no content {hash}.", "It was of a run that is over; the job is nobody's any more.");
        }

        Caching.Of(context.Response, isForEver: true);
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = content.Length;
        await context.Response.BodyWriter.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<IResult> PutAsync(string hash, HttpContext context, ContentShelf shelf)
    {
        ContentHash expected = HashOf(hash);
        long announced = Math.Min(context.Request.ContentLength ?? 0, ContentShelf.LargestContent);
        using var body = new MemoryStream((int)announced);
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return shelf.HandIn(expected, body.ToArray())
            ? Results.NoContent()
            : throw ApiException.BadRequest(
                $"The {body.Length} bytes that came have another hash than {hash}.", "Send them again.");
    }

    private static ContentHash HashOf(string hash)
    {
        try
        {
            return ContentHash.Parse(hash);
        }
        catch (FormatException)
        {
            throw ApiException.BadRequest("That is no content hash.", "Send 64 lower-case hexadecimal digits.");
        }
    }
}
