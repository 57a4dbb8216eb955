using System.Collections.Immutable;
using DklActors.Host.Serving.Contract;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Api;

/// <summary>Bounds of what a request may hold.</summary>
internal static class KeyLimits
{
    private const int MostKeys = 64;
    private const int LongestValue = 4096;

    // Larger than any image, smaller than what would overflow.
    private const int LargestPixel = 1 << 20;

    /// <exception cref="ApiException">Too many keys, or one too long.</exception>
    public static ImmutableSortedDictionary<string, string> Checked(ImmutableSortedDictionary<string, string> keys)
    {
        bool isGood = keys.Count is >= 1 and <= MostKeys
            && keys.All(static entry => entry.Key.Length <= 64 && entry.Value is { Length: <= LongestValue });
        return isGood
            ? keys
            : throw ApiException.Unusable(
                $"Between 1 and {MostKeys} keys are expected, each with a text of at most {LongestValue} characters.",
                "Send the keys of one section as a recipe writes them.");
    }

    /// <exception cref="ApiException">It is no rectangle of pixels.</exception>
    public static PixelArea AreaOf(AreaView area) =>
        area is { Rows: [int top, int bottom], Columns: [int left, int right] }
        && IsRange(top, bottom) && IsRange(left, right)
            ? new PixelArea(top, bottom, left, right)
            : throw ApiException.Unusable(
                "An area has two rows and two columns, each from the first to before the second.",
                "Send {\"rows\": [first, end], \"columns\": [first, end]} in px.");

    private static bool IsRange(int first, int end) => first >= 0 && first < end && end <= LargestPixel;
}
