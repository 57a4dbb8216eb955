using System.Text.Json;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Api;

/// <summary>Errors as RFC 9457 has them, each with what happened and what to do.</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, int status, string detail, string remedy) =>
        WriteAsync(context, new Problem("about:blank", TitleOf(status), status, detail, remedy));

    /// <summary>Turns what a handler throws into an answer; a bug becomes a 500 that says where to look.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Problem problem = ProblemOf(exception, context, log);
            context.Response.Clear();
            await WriteAsync(context, problem).ConfigureAwait(false);
        }
    }

    /// <summary>What the framework refused without a word gets its words.</summary>
    public static Task ExplainAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => WriteAsync(
            context, 404, $"There is nothing at {context.Request.Path}.",
            $"See {Routes.Description} for what there is."),
        StatusCodes.Status405MethodNotAllowed => WriteAsync(
            context, 405, $"{context.Request.Path} does not take {context.Request.Method}.",
            $"See {Routes.Description} for what it takes."),
        StatusCodes.Status415UnsupportedMediaType => WriteAsync(
            context, 415, "The body is not JSON.", "Send 'Content-Type: application/json'."),
        StatusCodes.Status429TooManyRequests => WriteAsync(
            context, 429, "This client asks too often.", "Wait a second, and ask for less or less often."),
        int status => WriteAsync(
            context, status, "The request cannot be answered.", $"See {Routes.Description} for what is expected."),
    };

    private static Problem ProblemOf(Exception exception, HttpContext context, ILogger log)
    {
        switch (exception)
        {
            case ApiException api:
                return new Problem("about:blank", TitleOf(api.Status), api.Status, api.Message, api.Remedy)
                {
                    Errors = api.Errors.Count > 0 ? api.Errors : null,
                    Seat = api.Seat,
                };
            case BadHttpRequestException bad:
                string reason = bad.InnerException is JsonException json ? json.Message : bad.Message;
                return new Problem(
                    "about:blank", TitleOf(bad.StatusCode), bad.StatusCode, $"The request cannot be read: {reason}",
                    $"See {Routes.Description} for what is expected.");
            case JournalException journal:
                log.LogError(journal, "{Method} {Path}: the journal cannot be read", context.Request.Method,
                    context.Request.Path);
                return new Problem(
                    "about:blank", TitleOf(503), 503, $"The journal cannot be read: {journal.Message}",
                    "Check the run with 'dkl doctor' and 'dkl journal verify'.");
            default:
                log.LogError(exception, "{Method} {Path}: a bug", context.Request.Method, context.Request.Path);
                return new Problem(
                    "about:blank", TitleOf(500), 500, $"This is a bug: {exception.GetType().Name}.",
                    "The daemon's log has all of it; please report it. The experiments go on.");
        }
    }

    private static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, ContractJson.Options, MediaType, context.RequestAborted);
    }

    private static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status);
}
