using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace DklActors.Host.Logging;

/// <summary>
/// A log file of bounded size: the newest lines are always in the file of this name, older ones in <c>name.1.ext</c>,
/// <c>name.2.ext</c> and so on. Each line is handed to the operating system before the next one is taken.
/// </summary>
/// <remarks>Throws what the disk throws; the next line then opens the file anew, in case it is well again.</remarks>
internal sealed class BoundedLogFile(string path, ITextFormatter formatter, LogBounds bounds)
    : ILogEventSink, IDisposable
{
    private FileStream? _file;

    public void Emit(LogEvent logEvent)
    {
        using var text = new StringWriter();
        formatter.Format(logEvent, text);
        byte[] line = Encoding.UTF8.GetBytes(text.ToString());
        try
        {
            _file ??= Open();
            if (_file.Length > 0 && _file.Length + line.Length > bounds.FileBytes)
            {
                Dispose();
                SetAside();
                _file = Open();
            }

            _file.Write(line);
            _file.Flush();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        FileStream? file = _file;
        _file = null;
        file?.Dispose();
    }

    private FileStream Open()
    {
        // Others may read it, and take it away, while it is written.
        var file = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            EndTornLine(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A process that was killed or a disk that was full may have left half a line.
    private static void EndTornLine(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
    }

    private void SetAside()
    {
        File.Delete(Older(bounds.OlderFiles));
        for (int age = bounds.OlderFiles - 1; age >= 0; age--)
        {
            if (File.Exists(Older(age)))
            {
                File.Move(Older(age), Older(age + 1), overwrite: true);
            }
        }

        File.Delete(path);
    }

    private string Older(int age) =>
        age == 0 ? path : Path.ChangeExtension(path, $".{age}{Path.GetExtension(path)}");
}
