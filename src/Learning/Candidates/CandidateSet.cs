using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Candidates;

/// <summary>
/// The points that may be measured: every pixel of the structural image whose whole patch lies inside it and that
/// the mask does not exclude, numbered from 0 in row-major order.
/// </summary>
public sealed class CandidateSet
{
    private const int NotACandidate = -1;

    private readonly int[] _pixelOfCandidate;
    private readonly int[] _candidateOfPixel;

    private CandidateSet(StructuralImage image, PatchWindow window, int[] pixelOfCandidate, int[] candidateOfPixel)
    {
        Image = image;
        Window = window;
        _pixelOfCandidate = pixelOfCandidate;
        _candidateOfPixel = candidateOfPixel;
    }

    public StructuralImage Image { get; }

    public PatchWindow Window { get; }

    public int Count => _pixelOfCandidate.Length;

    /// <param name="image">The structural image; all its values must be finite.</param>
    /// <param name="window">The patch around a candidate.</param>
    /// <param name="mask">One flag per pixel, row-major, true where nothing may be measured; or empty.</param>
    /// <exception cref="ArgumentException">
    /// The patch or the mask does not fit the image, a pixel is not finite, or no candidate is left.
    /// </exception>
    public static CandidateSet Create(StructuralImage image, PatchWindow window, ReadOnlySpan<bool> mask = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        RequireFitting(image, window, mask);
        int[] candidateOfPixel = new int[image.Shape.Count];
        List<int> pixels = [];
        for (int pixel = 0; pixel < candidateOfPixel.Length; pixel++)
        {
            bool allowed = mask.IsEmpty || !mask[pixel];
            if (allowed && window.Fits(image.Shape.PointAt(pixel), image.Shape))
            {
                candidateOfPixel[pixel] = pixels.Count;
                pixels.Add(pixel);
            }
            else
            {
                candidateOfPixel[pixel] = NotACandidate;
            }
        }

        return pixels.Count > 0
            ? new CandidateSet(image, window, [.. pixels], candidateOfPixel)
            : throw new ArgumentException(
                $"No pixel of the {image.Shape} image is left to measure: the mask excludes every pixel whose " +
                $"{window} patch fits. Allow some of them.", nameof(mask));
    }

    /// <summary>The candidates among the pixels that can be measured.</summary>
    /// <param name="image">The structural image; all its values must be finite.</param>
    /// <param name="window">The patch around a candidate.</param>
    /// <param name="sites">The pixels where there is something to measure; null for every pixel.</param>
    /// <exception cref="ArgumentException">As of <see cref="Create"/>, or a site lies outside the image.</exception>
    public static CandidateSet Among(StructuralImage image, PatchWindow window, IReadOnlyList<GridPoint>? sites)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (sites is null)
        {
            return Create(image, window);
        }

        bool[] mask = new bool[image.Shape.Count];
        Array.Fill(mask, true);
        foreach (GridPoint site in sites)
        {
            mask[image.Shape.IndexOf(site)] = false;
        }

        return Create(image, window, mask);
    }

    public GridPoint PointAt(int candidate) => Image.Shape.PointAt(_pixelOfCandidate[candidate]);

    public bool TryIndexOf(GridPoint point, out int candidate)
    {
        candidate = Image.Shape.Contains(point) ? _candidateOfPixel[Image.Shape.IndexOf(point)] : NotACandidate;
        return candidate != NotACandidate;
    }

    /// <summary>The candidate whose patch belongs to a place of the probe: the one that is nearest to it.</summary>
    public GridPoint NearestTo(ProbePosition place)
    {
        // Where every pixel is a candidate, the pixel that the place lies on, or the nearest whose patch fits.
        GridPoint pixel = place.NearestPixel;
        GridPoint origin = Window.UpperLeftOf(new GridPoint(0, 0));
        GridPoint fitting = new(
            Math.Clamp(pixel.Row, -origin.Row, Image.Shape.Rows - Window.Size - origin.Row),
            Math.Clamp(pixel.Column, -origin.Column, Image.Shape.Columns - Window.Size - origin.Column));
        return TryIndexOf(fitting, out _)
            ? fitting
            : PointAt(Enumerable.Range(0, Count).MinBy(i => place.DistanceTo(PointAt(i).Centre)));
    }

    /// <summary>Copies the patch around a candidate, row-major, from the image.</summary>
    /// <param name="candidate">Number of the candidate.</param>
    /// <param name="destination">Exactly <see cref="PatchWindow.PixelCount"/> values.</param>
    public void CutPatch(int candidate, Span<float> destination)
    {
        if (destination.Length != Window.PixelCount)
        {
            throw new ArgumentException(
                $"A {Window} patch has {Window.PixelCount} values, not {destination.Length}.", nameof(destination));
        }

        GridPoint corner = Window.UpperLeftOf(PointAt(candidate));
        ReadOnlySpan<float> values = Image.Values.Span;
        for (int row = 0; row < Window.Size; row++)
        {
            int start = ((corner.Row + row) * Image.Shape.Columns) + corner.Column;
            values.Slice(start, Window.Size).CopyTo(destination[(row * Window.Size)..]);
        }
    }

    private static void RequireFitting(StructuralImage image, PatchWindow window, ReadOnlySpan<bool> mask)
    {
        if (window.Size < 1 || window.Size > Math.Min(image.Shape.Rows, image.Shape.Columns))
        {
            throw new ArgumentException(
                $"A patch of {window} does not fit into the {image.Shape} image. " +
                $"Choose 1 to {Math.Min(image.Shape.Rows, image.Shape.Columns)} px.", nameof(window));
        }

        if (!mask.IsEmpty && mask.Length != image.Shape.Count)
        {
            throw new ArgumentException(
                $"A mask of {mask.Length} flags does not fit the image of {image.Shape}.", nameof(mask));
        }

        ReadOnlySpan<float> values = image.Values.Span;
        for (int pixel = 0; pixel < values.Length; pixel++)
        {
            if (!float.IsFinite(values[pixel]))
            {
                throw new ArgumentException(
                    $"The {image.Channel} image is {values[pixel]} at {image.Shape.PointAt(pixel)}. " +
                    "Repair the pixel, or crop the image.", nameof(image));
            }
        }
    }
}
