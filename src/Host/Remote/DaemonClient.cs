using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DklActors.Host.Remote;

/// <summary>Speaks to a daemon over its interface, docs/api.md.</summary>
internal sealed class DaemonClient : IDisposable
{
    private const string Base = "/api/v1/";
    private const int LongestName = 64;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly Uri _url;

    public DaemonClient(DaemonAddress address)
    {
        _url = address.Url;
        _http = new HttpClient { BaseAddress = new Uri(address.Url, Base), Timeout = Deadline };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
        Client = IdOf($"cli-{Environment.MachineName}-{Environment.ProcessId}");
        _http.DefaultRequestHeaders.Add("X-Dkl-Client", Client);
        _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Dkl-Name", NameOf(Environment.UserName));
    }

    /// <summary>How this process names itself to the daemon.</summary>
    public string Client { get; }

    /// <exception cref="DaemonException">It refused or does not answer.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <exception cref="DaemonException">It refused or does not answer.</exception>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <exception cref="DaemonException">It refused or does not answer.</exception>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web),
        };
        try
        {
            using HttpResponseMessage response =
                await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            string text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? text.Length == 0 ? default : Parse(text) ?? throw NotADaemon()
                : throw Refused(response.StatusCode, Parse(text));
        }
        catch (HttpRequestException exception)
        {
            throw new DaemonException(
                $"The daemon at {_url} does not answer: {exception.Message}. See whether it runs, with 'dkl doctor'.",
                exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DaemonException(
                $"The daemon at {_url} did not answer within {Deadline.TotalSeconds:F0} s. It may have done what it "
                + "was asked: look with 'dkl status'.",
                exception);
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private DaemonException NotADaemon() =>
        new($"What answers at {_url} is no dkl daemon: it did not send JSON. Check --url.");

    /// <summary>What happened and what to do on one line; what is wrong with a recipe on lines of its own.</summary>
    private DaemonException Refused(HttpStatusCode status, JsonElement? answer)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } problem || problem.Text("detail") is not { } detail)
        {
            return status == HttpStatusCode.Unauthorized
                ? new DaemonException($"The daemon at {_url} does not know this token. Check --token or DKL_TOKEN.")
                : new DaemonException($"{_url} answered {(int)status} {status}. Check --url: it may be no dkl daemon.");
        }

        var text = new StringBuilder(detail);
        if (problem.Text("remedy") is { Length: > 0 } remedy)
        {
            text.Append(detail.EndsWith('.') ? " " : ": ").Append(remedy);
        }

        if (problem.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array)
        {
            // A single one is in the detail already.
            foreach (JsonElement error in errors.EnumerateArray().Where(
                error => error.Text("problem") is not { } what || !detail.Contains(what, StringComparison.Ordinal)))
            {
                string line = error.Number("line") is { } number ? $"line {number}: " : "";
                text.Append($"\n  {line}{error.Text("key") ?? "recipe"}: {error.Text("problem")}");
                text.Append(error.Text("remedy") is { } what ? $"; {what}" : "");
            }
        }

        return new DaemonException(text.ToString());
    }

    // Letters, digits and hyphens, 8 to 64 of them.
    private static string IdOf(string text)
    {
        string id = new([.. text.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(LongestName)]);
        return id.PadRight(8, '0');
    }

    // A header holds ASCII.
    private static string NameOf(string user)
    {
        string name = new([.. user.Where(static c => c is > ' ' and < '\x7f').Take(LongestName)]);
        return name.Length > 0 ? name : "somebody";
    }
}
