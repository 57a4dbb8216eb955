using System.Globalization;
using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Lettering;

/// <summary>
/// Reads the little language in which the glyphs are written: M x y moves the pen, L x y draws a line, A cx cy rx ry
/// from to draws on along an elliptic arc (degrees, counter-clockwise where they increase), B does so with the pen
/// lifted before, and O cx cy rx ry is a whole ellipse.
/// </summary>
internal static class GlyphPath
{
    private const double DegreesPerSegment = 12;

    /// <exception cref="FormatException">The path holds anything else.</exception>
    public static IReadOnlyList<IReadOnlyList<PixelPoint>> Parse(string path)
    {
        var strokes = new List<List<PixelPoint>>();
        string[] words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int at = 0; at < words.Length;)
        {
            string command = words[at++];
            int count = command is "M" or "L" ? 2 : command == "O" ? 4 : 6;
            double[] numbers = [.. words[at..(at + count)].Select(
                static word => double.Parse(word, CultureInfo.InvariantCulture))];
            at += count;
            if (command is "M" or "B" or "O")
            {
                strokes.Add([]);
            }

            switch (command)
            {
                case "M" or "L":
                    strokes[^1].Add(new PixelPoint(numbers[0], numbers[1]));
                    break;
                case "A" or "B":
                    strokes[^1].AddRange(Arc(numbers, numbers[4], numbers[5]));
                    break;
                case "O":
                    strokes[^1].AddRange(Arc(numbers, 0, 360));
                    break;
                default:
                    throw new FormatException($"'{command}' is not a command of a glyph: {path}");
            }
        }

        return strokes;
    }

    private static IEnumerable<PixelPoint> Arc(double[] ellipse, double from, double to)
    {
        int segments = (int)Math.Ceiling(Math.Abs(to - from) / DegreesPerSegment);
        for (int i = 0; i <= segments; i++)
        {
            (double sine, double cosine) = Math.SinCos((from + ((to - from) * i / segments)) * Math.PI / 180);
            yield return new PixelPoint(ellipse[0] + (ellipse[2] * cosine), ellipse[1] + (ellipse[3] * sine));
        }
    }
}
