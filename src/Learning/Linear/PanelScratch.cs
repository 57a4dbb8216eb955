using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>
/// A panel's memory, one a thread, pinned so that it begins at a cache line: a vector that lies across two lines
/// costs two loads.
/// </summary>
internal static class PanelScratch<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    [ThreadStatic]
    private static T[]? Values;

    /// <returns>At least so many values, not cleared; valid until the thread asks again.</returns>
    public static Span<T> Rent(int length)
    {
        int size = Marshal.SizeOf<T>();
        int needed = length + (LineBytes / size);
        if (Values is null || Values.Length < needed)
        {
            Values = GC.AllocateUninitializedArray<T>(needed, pinned: true);
        }

        int past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(Values, 0) % LineBytes);
        return Values.AsSpan(((LineBytes - past) % LineBytes) / size, length);
    }
}
