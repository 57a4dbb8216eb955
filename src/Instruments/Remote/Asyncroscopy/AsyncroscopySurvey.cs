using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>The structural image behind asyncroscopy.</summary>
internal sealed class AsyncroscopySurvey(AsyncroscopyOptions options, AsyncroscopyLine line, AsyncroscopyBeam beam)
    : ISurvey
{
    // Some servers take five seconds for any image.
    private static readonly TimeSpan Habit = TimeSpan.FromSeconds(6);

    public TimeSpan Duration { get; } = (1.5 * options.Size.Count * options.SurveyDwell) + Habit;

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        string command = FormattableString.Invariant(
            $"AS_get_scanned_image scanning_detector={options.Channel} size={options.Size.Rows} ")
            + FormattableString.Invariant($"dwell_time={options.SurveyDwell.TotalSeconds:R}");
        float[] values;
        try
        {
            beam.Unblank();
            AsyncroscopyReply reply = await line.SendAsync(command, Duration, cancellationToken).ConfigureAwait(false);
            values = reply.Numbers(command, options.Size.Rows, options.Size.Columns);
        }
        finally
        {
            beam.Blank();
        }

        return Array.TrueForAll(values, float.IsFinite)
            ? new StructuralImage(options.Channel, options.Size, options.PixelSize, values)
            : throw new InstrumentException(
                FaultClass.Transient, $"asyncroscopy answered '{command}' with values that are no numbers.");
    }
}
