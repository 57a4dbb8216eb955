using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Lettering;

/// <summary>
/// A plain sans serif drawn with strokes of one width, as engravers do it: it needs no font file, and stays legible
/// at 11 pixels because stems and heights are fitted to whole pixels.
/// </summary>
internal static class StrokeFont
{
    /// <summary>Height of lower case and of capitals on the grid of the glyphs.</summary>
    private const double LowerHeight = 7;
    private const double CapitalHeight = 10;
    private const double DigitWidth = 6;
    private const double SpaceWidth = 2;

    private static readonly Dictionary<char, Glyph> Glyphs = MakeGlyphs();

    // An empty box stands for what the font lacks.
    private static readonly Glyph Missing = new(6, GlyphPath.Parse("M 0 0 L 0 10 L 6 10 L 6 0 L 0 0"));

    /// <summary>Whether the font has a glyph of its own for the character.</summary>
    public static bool Has(char character) => Glyphs.ContainsKey(character);

    public static Glyph Of(char character) => Glyphs.GetValueOrDefault(character, Missing);

    /// <summary>Height above the baseline, in pixels, of a height on the grid, for text of a size in pixels.</summary>
    public static double Rise(double height, double size)
    {
        double scale = 0.72 * size / CapitalHeight;
        double lower = Math.Round(LowerHeight * scale);
        double capital = Math.Round(CapitalHeight * scale);
        return height <= 0 ? height * scale
            : height <= LowerHeight ? height / LowerHeight * lower
            : lower + ((height - LowerHeight) / (CapitalHeight - LowerHeight) * (capital - lower));
    }

    private static Dictionary<char, Glyph> MakeGlyphs()
    {
        var glyphs = new Dictionary<char, Glyph> { [' '] = new(SpaceWidth, []), ['\u00A0'] = new(SpaceWidth, []) };
        foreach ((char character, string path) in LetterGlyphs.Paths.Concat(SignGlyphs.Paths))
        {
            IReadOnlyList<IReadOnlyList<PixelPoint>> strokes = GlyphPath.Parse(path);
            double width = strokes.SelectMany(static stroke => stroke).Max(static point => point.X);

            // Digits are equally wide, so that columns of numbers stand.
            glyphs[character] = new Glyph(char.IsAsciiDigit(character) ? DigitWidth : width, strokes);
        }

        // Greek mu and the Kelvin-like signs of Unicode look like the letters that people type for them.
        glyphs['\u03BC'] = glyphs['µ'];
        glyphs['\u212B'] = glyphs['Å'];
        return glyphs;
    }
}
