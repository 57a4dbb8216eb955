using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Raster;

/// <summary>
/// An image to draw on, 8 bits a channel. Coordinates are in pixels from the upper left corner; the centre of the
/// first pixel is at (0.5, 0.5). What lies outside is clipped.
/// </summary>
public sealed class RgbImage
{
    private const int Channels = 3;

    private readonly byte[] _pixels;

    public RgbImage(int width, int height, Rgb background)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        _pixels = new byte[checked(width * height * Channels)];
        FillRectangle(0, 0, width, height, background);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The pixel at column <paramref name="x"/> and row <paramref name="y"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pixel.</exception>
    public Rgb this[int x, int y]
    {
        get
        {
            int at = IndexOf(x, y);
            return new Rgb(_pixels[at], _pixels[at + 1], _pixels[at + 2]);
        }

        set
        {
            int at = IndexOf(x, y);
            (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (value.Red, value.Green, value.Blue);
        }
    }

    public void FillRectangle(int x, int y, int width, int height, Rgb colour)
    {
        for (int row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (int column = Math.Max(0, x); column < Math.Min(Width, x + width); column++)
            {
                this[column, row] = colour;
            }
        }
    }

    /// <summary>Outlines a rectangle with lines of one pixel just inside it.</summary>
    public void StrokeRectangle(int x, int y, int width, int height, Rgb colour)
    {
        FillRectangle(x, y, width, 1, colour);
        FillRectangle(x, y + height - 1, width, 1, colour);
        FillRectangle(x, y, 1, height, colour);
        FillRectangle(x + width - 1, y, 1, height, colour);
    }

    /// <summary>Draws lines with round ends and joints, anti-aliased; where they overlap nothing gets darker.</summary>
    /// <param name="lines">Each a list of points, joined in order; one point is a dot.</param>
    /// <param name="thickness">In pixels.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="opacity">0 … 1.</param>
    public void StrokeLines(
        IEnumerable<IReadOnlyList<PixelPoint>> lines, double thickness, Rgb colour, double opacity = 1) =>
        Coverage.OfLines(lines, thickness, Width, Height)?.PaintOn(this, colour, opacity);

    public void FillCircle(PixelPoint centre, double radius, Rgb colour, double opacity = 1) =>
        Coverage.OfLines([[centre]], 2 * radius, Width, Height)?.PaintOn(this, colour, opacity);

    /// <summary>The image as PNG.</summary>
    public byte[] ToPng(string title = "") => PngEncoder.Encode(Width, Height, Channels, _pixels, title);

    internal void Blend(int x, int y, Rgb colour, double alpha) => this[x, y] = this[x, y].Blend(colour, alpha);

    private int IndexOf(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height
        ? ((y * Width) + x) * Channels
        : throw new ArgumentOutOfRangeException(nameof(x), $"({x}, {y}) is outside {Width} × {Height} pixels.");
}
