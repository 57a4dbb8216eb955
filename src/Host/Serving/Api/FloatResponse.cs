using System.Globalization;
using System.Runtime.InteropServices;
using DklActors.Host.Serving.Looking;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Api;

/// <summary>Sends an array as little-endian float32.</summary>
internal static class FloatResponse
{
    public static async Task WriteAsync(HttpContext context, FloatArray array, bool isForEver)
    {
        HttpResponse response = context.Response;
        Caching.Of(response, isForEver);
        response.ContentType = "application/octet-stream";
        response.ContentLength = array.Values.Length * sizeof(float);
        response.Headers["X-Dkl-Rows"] = array.Rows.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Dkl-Columns"] = array.Columns.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Dkl-Count"] = array.Rows.ToString(CultureInfo.InvariantCulture);
        // Headers hold Latin letters alone.
        response.Headers["X-Dkl-Label"] = Uri.EscapeDataString(array.Label);
        response.Headers["X-Dkl-Unit"] = Uri.EscapeDataString(array.Unit);
        ReadOnlyMemory<byte> bytes = MemoryMarshal.AsBytes(array.Values.AsSpan()).ToArray();
        await response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
