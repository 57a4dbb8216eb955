using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>
/// Speaks to a bridge over connections that are kept. Every request has a deadline; what has to work where the thread
/// pool is jammed goes through <see cref="BridgeCaller"/> instead.
/// </summary>
internal sealed class BridgeClient : IDisposable
{
    // An answer in JSON is small; an array says its length, which is compared before anything is taken.
    private const int MostJsonBytes = 1 << 20;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly Uri _bridge;
    private readonly TimeProvider _time;

    public BridgeClient(BridgeOptions options, TimeProvider time)
    {
        _bridge = options.Address;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            // Whatever the environment says of proxies: the microscope is on this network, and the token is its own.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectPatience,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = options.Trusts,
            },
        })
        {
            BaseAddress = _bridge,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostJsonBytes,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    /// <summary>One request, answered in JSON.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="deadline">Longest wait for the whole answer.</param>
    /// <param name="cancellationToken">Ends the waiting; the bridge may do it all the same.</param>
    /// <exception cref="BridgeException">Refused, lost, or not understood.</exception>
    public Task<JsonElement> SendAsync(BridgeRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        WithDeadlineAsync(async token =>
        {
            using HttpResponseMessage answer = await AnswerAsync(request, token).ConfigureAwait(false);
            return BridgeJson.Parse(_bridge, await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false));
        }, deadline, cancellationToken);

    /// <summary>One request, answered with an array.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public Task<BridgeArray> GetArrayAsync(
        BridgeRequest request, ExpectedArray expected, TimeSpan deadline, CancellationToken cancellationToken) =>
        WithDeadlineAsync(async token =>
        {
            using HttpResponseMessage answer = await AnswerAsync(request, token).ConfigureAwait(false);
            return await ArrayReader.ReadAsync(_bridge, answer, expected, token).ConfigureAwait(false);
        }, deadline, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AnswerAsync(BridgeRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Session is { } session)
        {
            message.Headers.Add(BridgeRequest.SessionHeader, session);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = Json;
        }

        HttpResponseMessage answer = await _http.SendAsync(
            message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!answer.Headers.Contains(BridgeRequest.VersionHeader))
            {
                throw BridgeException.NoBridge(_bridge);
            }

            if ((int)answer.StatusCode >= 300)
            {
                byte[] refusal = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                throw BridgeJson.RefusalOf(_bridge, (int)answer.StatusCode, refusal);
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<T> WithDeadlineAsync<T>(
        Func<CancellationToken, Task<T>> work, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw BridgeException.Lost(_bridge, $"nothing came within {deadline.TotalSeconds:G3} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw BridgeException.Lost(_bridge, exception.GetBaseException().Message, exception);
        }
    }
}
