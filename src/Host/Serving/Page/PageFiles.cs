using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Page;

/// <summary>
/// The dashboard, read once and compressed once. What is not among these files is not there: no path is made of a
/// request.
/// </summary>
internal sealed class PageFiles
{
    private const string Index = "/index.html";

    private static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".json"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
        [".woff2"] = "font/woff2",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, PageFile> _files;

    private PageFiles(FrozenDictionary<string, PageFile> files) => _files = files;

    /// <summary>Whether the program was built with its dashboard.</summary>
    public bool IsThere => _files.ContainsKey(Index);

    public static PageFiles Read(string folder) => new(
        !Directory.Exists(folder)
            ? FrozenDictionary<string, PageFile>.Empty
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToFrozenDictionary(
                    path => "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
                    static path => PageFile.Of(path, MediaTypes.GetValueOrDefault(
                        Path.GetExtension(path), "application/octet-stream")),
                    StringComparer.Ordinal));

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, PageFile file) in _files)
        {
            // What has a hash in its name never changes.
            bool isForEver = path.StartsWith("/assets/", StringComparison.Ordinal);
            routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => file.SendAsync(context, isForEver))
                .AllowAnonymous().ExcludeFromDescription();
        }

        if (_files.TryGetValue(Index, out PageFile? index))
        {
            routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], context => index.SendAsync(context, false))
                .AllowAnonymous().ExcludeFromDescription();
        }
    }

    private sealed record PageFile(string MediaType, byte[] Plain, byte[] Brotli, string Tag)
    {
        public static PageFile Of(string path, string mediaType)
        {
            byte[] plain = File.ReadAllBytes(path);
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                brotli.Write(plain);
            }

            return new PageFile(
                mediaType, plain, packed.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..32]}\"");
        }

        public async Task SendAsync(HttpContext context, bool isForEver)
        {
            HttpResponse response = context.Response;
            response.Headers.ETag = Tag;
            response.Headers.CacheControl = isForEver ? "public, max-age=31536000, immutable" : "no-cache";
            response.Headers.Vary = "Accept-Encoding";
            if (context.Request.Headers.IfNoneMatch.Contains(Tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            bool takesBrotli = context.Request.Headers.AcceptEncoding.ToString()
                .Contains("br", StringComparison.OrdinalIgnoreCase);
            byte[] bytes = takesBrotli && Brotli.Length < Plain.Length ? Brotli : Plain;
            if (ReferenceEquals(bytes, Brotli))
            {
                response.Headers.ContentEncoding = "br";
            }

            response.ContentType = MediaType;
            response.ContentLength = bytes.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
            }
        }
    }
}
