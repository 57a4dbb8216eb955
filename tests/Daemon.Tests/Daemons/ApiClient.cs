using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DklActors.Daemon.Tests.Daemons;

/// <summary>One who talks to the daemon.</summary>
internal sealed class ApiClient : IDisposable
{
    // What a test waits for happens within a second; a machine under load may take its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    public ApiClient(Uri address, string? token, string client, string name)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization =
            token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Add("X-Dkl-Client", client);
        _http.DefaultRequestHeaders.Add("X-Dkl-Name", Uri.EscapeDataString(name));
    }

    public HttpClient Http => _http;

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Whoever is told to ask later does.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var patience = new CancellationTokenSource(Patience);
        Answer answer = await SendOnceAsync(method, path, body);
        while (answer.Status == 429 && !patience.IsCancellationRequested)
        {
            await Task.Delay(Glance);
            answer = await SendOnceAsync(method, path, body);
        }

        return answer;
    }

    /// <summary>Queues an experiment and gives its id.</summary>
    public async Task<string> SubmitAsync(Dictionary<string, string> set, string? instrument = null)
    {
        Answer answer = await PostAsync("experiments", new { recipe = Recipes.Text, set, instrument });
        answer.Status.Should().Be(201, answer.Text);
        return answer.Json.GetProperty("id").GetString()!;
    }

    /// <summary>Queues a campaign and gives its id.</summary>
    public async Task<string> SubmitCampaignAsync(string recipe, Dictionary<string, string>? set = null)
    {
        Answer answer = await PostAsync("experiments", new { recipe, set });
        answer.Status.Should().Be(201, answer.Text);
        return answer.Json.GetProperty("campaign").GetString()!;
    }

    /// <summary>Looks at an experiment again and again until it is as it should be.</summary>
    public Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isSo) =>
        LookAsync($"experiments/{id}", isSo);

    /// <summary>Looks at a campaign again and again until it is as it should be.</summary>
    public Task<JsonElement> UntilCampaignAsync(string id, Func<JsonElement, bool> isSo) =>
        LookAsync($"campaigns/{id}", isSo);

    /// <summary>Until nothing of a campaign goes on and its regions are compared.</summary>
    public Task<JsonElement> UntilComparedAsync(string id) => UntilCampaignAsync(
        id, static campaign => campaign.GetProperty("phase").GetString() == "ended"
            && campaign.GetProperty("comparison").GetString() == "there");

    public Task<JsonElement> UntilEndedAsync(string id) =>
        UntilAsync(id, static status => status.GetProperty("phase").GetString() == "ended");

    public Task<JsonElement> UntilMeasuredAsync(string id, int points) =>
        UntilAsync(id, status => status.GetProperty("measured").GetInt32() >= points);

    /// <summary>All events of a run.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string id)
    {
        List<JsonElement> events = [];
        while (true)
        {
            Answer page = await GetAsync($"experiments/{id}/events?after={events.Count}&limit=5000");
            JsonElement[] more = [.. page.Json.GetProperty("events").EnumerateArray()];
            events.AddRange(more);
            if (more.Length < 5000)
            {
                return events;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> LookAsync(string path, Func<JsonElement, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Answer answer = await GetAsync(path);
            if (answer.Status == 200 && isSo(answer.Json))
            {
                return answer.Json;
            }

            patience.IsCancellationRequested.Should().BeFalse($"{path} stays {answer.Text}");
            await Task.Delay(Glance);
        }
    }

    private async Task<Answer> SendOnceAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        using HttpResponseMessage response = await _http.SendAsync(request);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, bytes)
        {
            Headers = response.Headers.ToDictionary(
                static header => header.Key, static header => string.Join(',', header.Value),
                StringComparer.OrdinalIgnoreCase),
        };
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string? MediaType, byte[] Bytes)
{
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;
}
