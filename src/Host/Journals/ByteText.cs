namespace DklActors.Host.Journals;

/// <summary>A number of bytes for people.</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    public static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 1000.0 && unit < Units.Length - 1)
        {
            value /= 1000.0;
            unit++;
        }

        return unit == 0 ? $"{bytes} {Units[0]}" : $"{value:F1} {Units[unit]}";
    }
}
