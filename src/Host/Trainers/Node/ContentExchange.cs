using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using DklActors.Host.Secrets;
using DklActors.Host.Trainers.Secrets;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Storage;

namespace DklActors.Host.Trainers.Node;

/// <summary>Gets contents from a daemon by their hash, and hands states in to it, with the trainer token.</summary>
internal sealed class ContentExchange : IDisposable
{
    /// <summary>Path of a content, followed by its hash.</summary>
    public const string Route = "api/v1/contents/";

    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http;
    private readonly ContentCache _cache;
    private readonly TimeProvider _time;

    public ContentExchange(ContentCache cache, TrainerToken token, OwnAuthority? authority, TimeProvider time)
    {
        _cache = cache;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        };
        if (authority is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = authority.Trusts;
        }

        _http = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromMinutes(1),
            MaxResponseContentBufferSize = TrainerProtocol.LargestContent,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
    }

    /// <summary>A content, from the cache or from the daemon; its bytes have that hash.</summary>
    /// <exception cref="ContentException">It cannot be had.</exception>
    public async Task<byte[]> GetAsync(Uri contents, string hash, CancellationToken cancellationToken)
    {
        ContentHash wanted = Parse(hash);
        if (_cache.Find(wanted) is { } kept)
        {
            return kept;
        }

        byte[] content = await TryAsync(
            contents,
            $"fetch content {hash} from",
            async address =>
            {
                using HttpResponseMessage response = await _http.GetAsync(
                    new Uri(address, Route + wanted.Hex), cancellationToken).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                return ContentHash.Of(bytes) == wanted
                    ? bytes
                    : throw new InvalidDataException($"{bytes.Length} bytes with another hash came");
            },
            cancellationToken).ConfigureAwait(false);
        _cache.Keep(wanted, content);
        return content;
    }

    /// <summary>Hands a content in.</summary>
    /// <returns>Its hash.</returns>
    /// <exception cref="ContentException">The daemon does not take it.</exception>
    public async Task<string> PutAsync(Uri contents, byte[] content, CancellationToken cancellationToken)
    {
        ContentHash hash = ContentHash.Of(content);
        // It is what the next training starts from.
        _cache.Keep(hash, content);
        return await TryAsync(
            contents,
            $"hand in the state {hash} to",
            async address =>
            {
                using var body = new ByteArrayContent(content);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                using HttpResponseMessage response = await _http.PutAsync(
                    new Uri(address, Route + hash.Hex), body, cancellationToken).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                return hash.Hex;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> TryAsync<T>(
        Uri contents, string what, Func<Uri, Task<T>> act, CancellationToken cancellationToken)
    {
        if (contents.Scheme != Uri.UriSchemeHttps && !contents.IsLoopback)
        {
            throw new ContentException(
                $"{contents} would send the trainer token over a network in the clear: have the daemon listen with "
                + "https, or tunnel to it.");
        }

        var address = new Uri(contents.AbsoluteUri.TrimEnd('/') + "/");
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await act(address).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or IOException
                or SocketException
                || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (attempt == Attempts || IsFinal(exception))
                {
                    throw new ContentException(
                        $"Could not {what} {contents}: {exception.GetBaseException().Message.TrimEnd('.')}.",
                        exception);
                }
            }

            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }
    }

    // A daemon that knows the token and not the content, or not the token, will not know better in a second.
    private static bool IsFinal(Exception exception) => exception is HttpRequestException
    {
        StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest,
    };

    private static ContentHash Parse(string hash)
    {
        try
        {
            return ContentHash.Parse(hash);
        }
        catch (FormatException exception)
        {
            throw new ContentException($"'{hash}' is no content hash.", exception);
        }
    }
}
