using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>
/// Memory of the shared pool, held in place so that it begins at a cache line: a vector that lies across two lines
/// costs two loads. Given back when disposed of, once.
/// </summary>
internal readonly struct AlignedRental<T> : IDisposable
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _array;
    private readonly GCHandle _pin;

    /// <param name="length">Number of values, not cleared.</param>
    public AlignedRental(int length)
    {
        int size = Unsafe.SizeOf<T>();
        _array = ArrayPool<T>.Shared.Rent(length + (LineBytes / size));
        _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        int past = (int)(_pin.AddrOfPinnedObject() % LineBytes);
        Values = _array.AsMemory(((LineBytes - past) % LineBytes) / size, length);
    }

    public Memory<T> Values { get; }

    public void Dispose()
    {
        if (_array is not null)
        {
            _pin.Free();
            ArrayPool<T>.Shared.Return(_array);
        }
    }
}
