using System.Runtime.CompilerServices;
using DklActors.Messages.Geometry;

namespace DklActors.Physics.Fourier;

/// <summary>
/// Tells the column spectra of two real half images apart that were transformed as one complex image, and turns rows
/// into columns on the way; and back.
/// </summary>
internal static class HalfSpectra
{
    // Columns a tile: a tile of both sides stays in the first-level cache.
    private const int Tile = 16;

    /// <summary>
    /// With Z = L + iR: L(k) = (Z(k) + Z*(−k))/2 and R(k) = (Z(k) − Z*(−k))/2i.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Separate(SplitComplex packed, SplitComplex halves, GridShape shape, int fromStride, int toStride)
    {
        int halfWidth = (shape.Columns + 1) / 2, right = shape.Columns - halfWidth, last = shape.Rows / 2;
        float[] re = packed.Real, im = packed.Imaginary, toRe = halves.Real, toIm = halves.Imaginary;
        for (int start = 0; start < halfWidth; start += Tile)
        {
            int end = Math.Min(start + Tile, halfWidth);
            for (int k = 0; k <= last; k++)
            {
                int plus = k * fromStride, minus = (k == 0 ? 0 : shape.Rows - k) * fromStride;
                for (int column = start; column < end; column++)
                {
                    float pr = re[plus + column], pi = im[plus + column];
                    float mr = re[minus + column], mi = im[minus + column];
                    int left = (column * toStride) + k;
                    toRe[left] = 0.5f * (pr + mr);
                    toIm[left] = 0.5f * (pi - mi);
                    if (column < right)
                    {
                        int other = left + (halfWidth * toStride);
                        toRe[other] = 0.5f * (pi + mi);
                        toIm[other] = 0.5f * (mr - pr);
                    }
                }
            }
        }

        for (int column = 0; column < shape.Columns; column++)
        {
            int padding = (column * toStride) + last + 1;
            toRe.AsSpan(padding, toStride - last - 1).Clear();
            toIm.AsSpan(padding, toStride - last - 1).Clear();
        }
    }

    /// <summary>Z(k) = L(k) + iR(k), and Z(−k) = L*(k) + iR*(k).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(SplitComplex halves, SplitComplex packed, GridShape shape, int toStride, int fromStride)
    {
        int halfWidth = (shape.Columns + 1) / 2, right = shape.Columns - halfWidth, last = shape.Rows / 2;
        float[] re = halves.Real, im = halves.Imaginary, toRe = packed.Real, toIm = packed.Imaginary;
        for (int start = 0; start < halfWidth; start += Tile)
        {
            int end = Math.Min(start + Tile, halfWidth);
            for (int k = 0; k <= last; k++)
            {
                int plus = k * toStride, minus = (k == 0 ? 0 : shape.Rows - k) * toStride;
                for (int column = start; column < end; column++)
                {
                    int left = (column * fromStride) + k, other = left + (halfWidth * fromStride);
                    float lr = re[left], li = im[left];
                    (float rr, float ri) = column < right ? (re[other], im[other]) : (0f, 0f);
                    toRe[minus + column] = lr + ri;
                    toIm[minus + column] = rr - li;
                    // Last, since for a frequency that is its own negative both are one place.
                    toRe[plus + column] = lr - ri;
                    toIm[plus + column] = li + rr;
                }
            }
        }

        for (int row = 0; row < shape.Rows; row++)
        {
            toRe.AsSpan((row * toStride) + halfWidth, toStride - halfWidth).Clear();
            toIm.AsSpan((row * toStride) + halfWidth, toStride - halfWidth).Clear();
        }
    }
}
