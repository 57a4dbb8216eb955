using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DklActors.Host.Tests.Bridges;

/// <summary>Somebody else at the same microscope, who moves its stage.</summary>
internal static class StageHand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody commands, and moves.</summary>
    public static async Task MoveAsync(PythonBridge bridge, double xNm, double yNm)
    {
        using var http = new HttpClient { BaseAddress = bridge.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bridge.Token);
        long started = TimeProvider.System.GetTimestamp();
        HttpResponseMessage opened;
        while (!(opened = await OpenAsync(http)).IsSuccessStatusCode)
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Patience, "the session before is over");
            await Task.Delay(AgainAfter, TimeProvider.System);
        }

        JsonElement session = await opened.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Add("Dkl-Session", session.GetProperty("session").GetString());
        using HttpResponseMessage moved = await http.PutAsync("/v1/stage", Body(new { x_nm = xNm, y_nm = yNm }));
        moved.EnsureSuccessStatusCode();
        (await http.DeleteAsync("/v1/session")).EnsureSuccessStatusCode();
    }

    /// <summary>Where the stage is, in nm.</summary>
    public static async Task<(double X, double Y)> PlaceAsync(PythonBridge bridge)
    {
        using var http = new HttpClient { BaseAddress = bridge.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bridge.Token);
        JsonElement place = await http.GetFromJsonAsync<JsonElement>("/v1/stage");
        return (place.GetProperty("x_nm").GetDouble(), place.GetProperty("y_nm").GetDouble());
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient http) => http.PostAsync(
        "/v1/session", Body(new { client = "somebody", heartbeat_s = 60, take_over = false }));

    // A bridge wants to know how long a body is.
    private static ByteArrayContent Body(object body) => new(JsonSerializer.SerializeToUtf8Bytes(body))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}
