using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DklActors.Host.Tests.Remote;

/// <summary>Answers in the part of a daemon, by the contract of docs/api.md, and keeps what it was asked.</summary>
internal sealed class FakeDaemon : IDisposable
{
    public const string Token = "token-of-a-controller";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, (int Status, string Body)> _answers = [];

    public FakeDaemon()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        Answer("GET session", 200, """{"role":"controller","seat":null}""");
        Answer("POST seat", 200, """{"client":"x","name":"y","since":"2026-01-01T00:00:00Z"}""");
        Answer("DELETE seat", 204, "");
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Method, path below /api/v1/ and body of every request, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Headers of the last request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <param name="request">Method and path below /api/v1/.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">JSON.</param>
    public void Answer(string request, int status, string body) => _answers[request] = (status, body);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            string body = await reader.ReadToEndAsync();
            string path = context.Request.Url!.AbsolutePath.Replace("/api/v1/", "");
            string request = $"{context.Request.HttpMethod} {path}";
            Asked.Enqueue($"{request} {body}".Trim());
            foreach (string name in context.Request.Headers.AllKeys.OfType<string>())
            {
                Headers[name] = context.Request.Headers[name]!;
            }

            (int status, string answer) = Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}"
                ? (401, "")
                : _answers.GetValueOrDefault(request, (404, """{"detail":"There is nothing.","remedy":"Look."}"""));
            context.Response.StatusCode = status;
            byte[] bytes = Encoding.UTF8.GetBytes(answer);
            if (bytes.Length > 0)
            {
                await context.Response.OutputStream.WriteAsync(bytes);
            }

            context.Response.Close();
        }
    }
}
