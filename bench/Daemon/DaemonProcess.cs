using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DklActors.Daemon;

/// <summary><c>dkl serve</c> as a process of its own, and one who commands it.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private DaemonProcess(Process process, string folder, Uri address, string token)
    {
        _process = process;
        _folder = folder;
        Address = address;
        Token = token;
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Http.DefaultRequestHeaders.Add("X-Dkl-Client", "client-load");
        Http.DefaultRequestHeaders.Add("X-Dkl-Name", "Load");
    }

    public Uri Address { get; }

    public string Token { get; }

    public HttpClient Http { get; }

    /// <summary>Resident memory, bytes; of Linux alone.</summary>
    public long Memory => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status")
            .First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;

    /// <summary>Open files and sockets; of Linux alone.</summary>
    public int Handles => Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd").Count();

    public static async Task<DaemonProcess> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("dkl-load-").FullName;
        string dkl = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "..", "..", "..",
            "src", "Host", "bin", "Release", "net10.0", "dkl.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
                { dkl, "serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--log-level", "warning" },
            RedirectStandardOutput = true,
        })!;
        string address = Path.Combine(folder, "daemon.json");
        while (!File.Exists(address))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }

        using var found = JsonDocument.Parse(await File.ReadAllTextAsync(address, cancellation));
        using var tokens = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder, "tokens.json"), cancellation));
        var daemon = new DaemonProcess(
            process, folder, new Uri(found.RootElement.GetProperty("url").GetString()!),
            tokens.RootElement.GetProperty("controller").GetString()!);
        using HttpResponseMessage seat = await daemon.Http.PostAsJsonAsync("api/v1/seat", new { }, cancellation);
        seat.EnsureSuccessStatusCode();
        return daemon;
    }

    /// <summary>Queues an experiment.</summary>
    public async Task<string> SubmitAsync(string recipe, CancellationToken cancellation)
    {
        using HttpResponseMessage response =
            await Http.PostAsJsonAsync("api/v1/experiments", new { recipe }, cancellation);
        JsonElement status = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return response.IsSuccessStatusCode
            ? status.GetProperty("id").GetString()!
            : throw new InvalidOperationException(status.ToString());
    }

    public async Task<JsonElement> StatusOfAsync(string id, CancellationToken cancellation) =>
        await Http.GetFromJsonAsync<JsonElement>($"api/v1/experiments/{id}", cancellation);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
