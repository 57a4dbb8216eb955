using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DklActors.Host.Tests.Bridges;

/// <summary>Looks at a bridge as any other program may, without commanding.</summary>
internal sealed class StateWatcher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _http;

    public StateWatcher(PythonBridge bridge)
    {
        _http = new HttpClient { BaseAddress = bridge.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bridge.Token);
    }

    public Task<JsonElement> StateAsync() => _http.GetFromJsonAsync<JsonElement>("/v1/state");

    public async Task UntilAsync(bool isBlanked)
    {
        long started = TimeProvider.System.GetTimestamp();
        while ((await StateAsync()).GetProperty("beam").GetProperty("blanked").GetBoolean() != isBlanked)
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Patience);
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    public void Dispose() => _http.Dispose();
}
