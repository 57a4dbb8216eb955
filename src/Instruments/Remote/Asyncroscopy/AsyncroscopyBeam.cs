using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// The beam behind asyncroscopy: a blanker of the lab, which reads back; or its own commands, of which only is known
/// that they were answered.
/// </summary>
/// <remarks>
/// The timed unblanking of these servers is never used: it leaves the beam on where its clock fails. The lease is timed
/// here.
/// </remarks>
internal sealed class AsyncroscopyBeam(AsyncroscopyOptions options, AsyncroscopyLine line) : IBeam
{
    // AS_server.py blanks, and then fails to write its answer: the blanker is called on the line before.
    private const string KnownHabit = "name 'dwell_time' is not defined";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // By what was answered last; on until the first blanking was.
    private volatile bool _isBlanked;

    /// <summary>As the blanker reads back; without one, whether the last command answered was to blank.</summary>
    public bool IsBlanked => options.Blanker?.IsBlanked ?? _isBlanked;

    public void Unblank()
    {
        if (options.Blanker is { } blanker)
        {
            blanker.Unblank();
            return;
        }

        // The beam may be on from here on, whether it is answered or not.
        _isBlanked = false;
        // Servers that time by themselves do so for 1 s unless told otherwise; none is told to.
        line.Send("AS_unblank_beam duration=0", Deadline);
    }

    public void Blank()
    {
        if (options.Blanker is { } blanker)
        {
            blanker.Blank();
            return;
        }

        try
        {
            line.Send("AS_blank_beam", Deadline);
        }
        catch (InstrumentException exception) when (exception.Message.Contains(
            KnownHabit, StringComparison.Ordinal))
        {
            // It is done.
        }

        _isBlanked = true;
    }
}
