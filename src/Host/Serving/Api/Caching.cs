using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Api;

/// <summary>How long an answer is good.</summary>
internal static class Caching
{
    /// <param name="response">The answer.</param>
    /// <param name="isForEver">Whether it never changes: a moment of a journal, a content by its hash.</param>
    public static void Of(HttpResponse response, bool isForEver) => response.Headers.CacheControl =
        isForEver ? "private, max-age=31536000, immutable" : "no-store";
}
