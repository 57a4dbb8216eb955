using System.ComponentModel;
using System.Diagnostics;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Blankers;

/// <summary>
/// A program of the lab that speaks to the hardware: <c>PROGRAM blank</c> and <c>PROGRAM unblank</c> end with 0 when
/// it is done, <c>PROGRAM state</c> prints <c>blanked</c> or <c>unblanked</c> as read from the hardware.
/// </summary>
/// <remarks>A call that takes longer than the deadline is killed and counts as lost.</remarks>
public sealed class CommandBlanker(string program, TimeSpan deadline) : IBeam
{
    /// <summary>Longest time for one call.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(2);

    public CommandBlanker(string program)
        : this(program, DefaultDeadline)
    {
    }

    public bool IsBlanked
    {
        get
        {
            string said = Call("state");
            return said switch
            {
                "blanked" => true,
                "unblanked" => false,
                _ => throw Lost($"'state' printed '{said}' instead of 'blanked' or 'unblanked'", null),
            };
        }
    }

    public void Unblank() => Call("unblank");

    public void Blank() => Call("blank");

    /// <returns>The first line that was printed.</returns>
    private string Call(string verb)
    {
        var start = new ProcessStartInfo(program, [verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var process = new Process { StartInfo = start };
        using var answered = new ManualResetEventSlim();
        string? said = null;
        process.OutputDataReceived += (_, line) =>
        {
            said ??= line.Data?.Trim();
            TrySet(answered);
        };
        try
        {
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            throw Lost($"it cannot be started: {exception.Message}", exception);
        }

        if (!process.WaitForExit(deadline))
        {
            process.Kill(entireProcessTree: true);
            throw Lost($"'{verb}' took longer than {deadline.TotalSeconds:G3} s", null);
        }

        // Not until the end of its output: what it left running in the background may keep that open.
        answered.Wait(deadline);
        return process.ExitCode == 0
            ? said ?? ""
            : throw Lost($"'{verb}' ended with {process.ExitCode}", null);
    }

    private static void TrySet(ManualResetEventSlim answered)
    {
        try
        {
            answered.Set();
        }
        catch (ObjectDisposedException)
        {
            // A line after the first, of a call that is over.
        }
    }

    private InstrumentException Lost(string why, Exception? inner) =>
        new(FaultClass.Unknown, $"The blanker {program} does not answer: {why}.", inner);
}
