using System.Text;
using DklActors.Journal.Storage;

namespace DklActors.Reliability.Witnesses;

/// <summary>
/// What a process says of itself, a line at a time, into a file that outlives it: each line is one unbuffered write,
/// done before the process goes on, so that SIGKILL takes nothing of it back.
/// </summary>
internal sealed class Witness : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private bool _hasBlanked;
    private bool _hasAppended;

    public Witness(string path, int process)
    {
        Process = process;
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        // Ends a line that an earlier process may have died in.
        Say(Statement.Started, string.Empty, before: "\n");
    }

    /// <summary>Which process of its run this is, from 1.</summary>
    public int Process { get; }

    /// <summary>The beam was read back as blanked; the first time is what matters.</summary>
    public void Blanked()
    {
        if (!_hasBlanked)
        {
            _hasBlanked = true;
            Say(Statement.Blanked, string.Empty);
        }
    }

    /// <summary>The journal is asked for something; the first time is what matters.</summary>
    public void Appending()
    {
        if (!_hasAppended)
        {
            _hasAppended = true;
            Say(Statement.Appending, string.Empty);
        }
    }

    /// <summary>An event was acknowledged.</summary>
    public void Acknowledged(StoredEvent stored) =>
        Say(Statement.Acknowledged, $"{stored.Ordering} {stored.Checksum.Hex}");

    /// <summary>The process is about to die at a failpoint.</summary>
    public void Died(string failpoint) => Say(Statement.Died, failpoint);

    public void Dispose() => _file.Dispose();

    private void Say(string word, string rest, string before = "")
    {
        lock (_gate)
        {
            _file.Write(Encoding.UTF8.GetBytes(
                $"{before}{TimeProvider.System.GetTimestamp()} {Process} {word} {rest};\n"));
        }
    }
}
