using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DklActors.Physics.Fourier;

/// <summary>
/// Registers of eight float32. No multiplication is fused with an addition, so every machine gets the same bits.
/// </summary>
internal static class Lanes
{
    public const int Width = 8;

    /// <summary>The next multiple of a register.</summary>
    public static int Padded(int length) => (length + Width - 1) / Width * Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float start, int index) =>
        Vector256.LoadUnsafe(ref start, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float start, int index) =>
        value.StoreUnsafe(ref start, (nuint)index);

    public static ref float Start(Span<float> span) => ref MemoryMarshal.GetReference(span);

    public static ref float Start(ReadOnlySpan<float> span) => ref MemoryMarshal.GetReference(span);
}
