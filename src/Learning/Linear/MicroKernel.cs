using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DklActors.Learning.Linear;

/// <summary>The register tile's shape on this machine.</summary>
internal static class MicroKernel
{
    /// <summary>Rows of a tile that fits 16 registers.</summary>
    public const int Rows = 4;

    /// <summary>Most rows that a tile has on any machine: with vectors of 512 bits there are 32 registers.</summary>
    public const int MostRows = 8;

    /// <summary>Vectors in a row of a tile: 12 sums, 3 columns and 1 factor fill the 16 registers of AVX2.</summary>
    public const int VectorsInRow = 3;

    /// <summary>Most columns that a tile has on any machine.</summary>
    public const int MostColumns = VectorsInRow * 16;

    /// <summary>Columns of a tile with the widest vectors that this machine has.</summary>
    public static int Columns<T>()
        where T : unmanaged => VectorsInRow * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count
            : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count);

    // With fewer steps than this the longer end of a tall tile outweighs what its loop saves.
    private const int WorthTall = 48;

    /// <summary>Rows of a tile on this machine for so many steps.</summary>
    public static int RowsFor(int steps) => Vector512.IsHardwareAccelerated && steps >= WorthTall ? MostRows : Rows;

    /// <summary>The kernel with the widest vectors that this machine has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T>(
        ref T left, int leftStride, int rows, ref T right, int steps, ref T target, int targetStride, T sign, bool add)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated && rows > Rows)
        {
            RegisterTile<T, Vector512<T>, Lanes512<T>>.MultiplyTall(
                ref left, leftStride, rows, ref right, steps, ref target, targetStride, sign, add);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            RegisterTile<T, Vector512<T>, Lanes512<T>>.Multiply(
                ref left, leftStride, rows, ref right, steps, ref target, targetStride, sign, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RegisterTile<T, Vector256<T>, Lanes256<T>>.Multiply(
                ref left, leftStride, rows, ref right, steps, ref target, targetStride, sign, add);
        }
        else
        {
            RegisterTile<T, Vector128<T>, Lanes128<T>>.Multiply(
                ref left, leftStride, rows, ref right, steps, ref target, targetStride, sign, add);
        }
    }
}
