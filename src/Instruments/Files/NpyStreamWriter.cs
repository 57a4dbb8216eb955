using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files;

/// <summary>Writes one array of a <c>.npy</c> file piece by piece, so that it need not fit into memory.</summary>
public static class NpyStreamWriter
{
    /// <param name="stream">Any writable stream.</param>
    /// <param name="shape">Lengths of the dimensions.</param>
    /// <param name="pieces">Row-major, together as many values as the shape says; each is written at once.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">The element type has no place in these files.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<int> shape, IEnumerable<ReadOnlyMemory<T>> pieces)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pieces);
        long expected = NpyWriter.CountOf(shape), written = 0;
        NpyWriter.WriteHeader<T>(stream, shape);
        foreach (ReadOnlyMemory<T> piece in pieces)
        {
            stream.Write(MemoryMarshal.AsBytes(piece.Span));
            written += piece.Length;
        }

        if (written != expected)
        {
            throw new ArgumentException($"{written} values do not fill {expected} places.", nameof(pieces));
        }
    }
}
