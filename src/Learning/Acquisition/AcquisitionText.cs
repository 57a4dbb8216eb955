using System.Collections.Immutable;
using System.Globalization;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// Acquisition functions and schedules as text: a name of the <see cref="AcquisitionCatalog"/>, its parameter in
/// parentheses if any, and for a schedule <c>NAME until COUNT, then NAME</c>. Identities read back as what they name.
/// </summary>
public static class AcquisitionText
{
    private const string Then = ", then ";
    private const string Until = " until ";

    // More stages than anyone means; a limit for what comes from outside.
    private const int MostStages = 16;

    /// <exception cref="ArgumentException">The text names no function or schedule; the message says why.</exception>
    public static IAcquisitionFunction Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(Then);
        if (parts.Length > MostStages)
        {
            throw new ArgumentException(
                $"{parts.Length} stages are too many. Write at most {MostStages}.", nameof(text));
        }

        ImmutableArray<ScheduleStage> stages = [.. parts[..^1].Select(ParseStage)];
        IAcquisitionFunction last = ParseFunction(parts[^1]);
        return stages.IsEmpty ? last : new Schedule(stages, last);
    }

    private static ScheduleStage ParseStage(string text)
    {
        int at = text.IndexOf(Until, StringComparison.Ordinal);
        if (at < 0 || !int.TryParse(
            text.AsSpan(at + Until.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw new ArgumentException(
                $"The stage '{text}' does not say when it ends. Write 'NAME until COUNT, then NAME'.", nameof(text));
        }

        return new ScheduleStage(ParseFunction(text[..at]), count);
    }

    private static IAcquisitionFunction ParseFunction(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(');
        if (open < 0)
        {
            return AcquisitionCatalog.Create(trimmed);
        }

        return trimmed[^1] == ')' && double.TryParse(
            trimmed.AsSpan(open + 1, trimmed.Length - open - 2),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double parameter)
            ? AcquisitionCatalog.Create(trimmed[..open], parameter)
            : throw new ArgumentException(
                $"The parameter in '{trimmed}' is not a number. Write 'NAME' or 'NAME(NUMBER)'.", nameof(text));
    }
}
