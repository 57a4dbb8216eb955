using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>Reads what <c>strace -f -y -xx</c> wrote: the operations on files under one folder.</summary>
internal static partial class TraceReader
{
    /// <summary>The system calls by which files change, and those that make them durable.</summary>
    public const string Calls =
        "openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,rename,renameat,renameat2,"
        + "link,linkat,unlink,unlinkat,mkdir,mkdirat,fsync,fdatasync,sync_file_range,copy_file_range,sendfile";

    /// <exception cref="NotSupportedException">A call that this does not know touched the folder.</exception>
    public static List<DiskOperation> Read(IEnumerable<string> lines, string folder)
    {
        var operations = new List<DiskOperation>();
        var known = new HashSet<string>();
        var unfinished = new Dictionary<string, string>();
        foreach (string line in lines)
        {
            if (WholeOf(line, unfinished) is { } call && ParseCall(call, folder, known) is { } operation)
            {
                operations.Add(operation);
            }
        }

        return operations;
    }

    // A call that another thread interrupted in the trace stands there in two parts.
    private static string? WholeOf(string line, Dictionary<string, string> unfinished)
    {
        string[] parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        string call = parts.Length == 2 ? parts[1] : string.Empty;
        if (call.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            unfinished[parts[0]] = call[..^"<unfinished ...>".Length];
            return null;
        }

        Match resumed = ResumedPattern().Match(call);
        return resumed.Success
            ? unfinished.Remove(parts[0], out string? begun) ? begun + resumed.Groups["rest"].Value : null
            : call;
    }

    private static DiskOperation? ParseCall(string call, string folder, HashSet<string> known)
    {
        Match match = CallPattern().Match(call);
        if (!match.Success || match.Groups["result"].Value.StartsWith('-'))
        {
            return null;
        }

        string name = match.Groups["name"].Value;
        string arguments = match.Groups["arguments"].Value;
        string[] texts = [.. TextPattern().Matches(arguments).Select(text => Unescape(text.Groups["text"].Value))];
        string[] handles = [.. HandlePattern().Matches(arguments).Select(it => Unescape(it.Groups["path"].Value))];
        bool isHere = texts.Concat(handles).Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal))
            || handles.Contains(folder);
        // Shared memory is made anew from the log, whatever is left of it.
        if (!isHere || texts.Concat(handles).Any(path => path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            return null;
        }

        long lastNumber = long.TryParse(arguments.Split(',')[^1].Trim(), out long number) ? number : -1;
        switch (name)
        {
            case "openat":
                bool isMade = arguments.Contains("O_CREAT", StringComparison.Ordinal) && known.Add(texts[^1]);
                return isMade ? new DiskOperation.Make(texts[^1], IsFolder: false)
                    : arguments.Contains("O_TRUNC", StringComparison.Ordinal) ? new DiskOperation.Truncate(texts[^1], 0)
                    : null;
            case "mkdir" or "mkdirat":
                return new DiskOperation.Make(texts[^1], IsFolder: true);
            case "pwrite64":
                return new DiskOperation.Write(handles[0], lastNumber, BytesOf(arguments));
            case "write":
                return new DiskOperation.Write(handles[0], null, BytesOf(arguments));
            case "ftruncate":
                return new DiskOperation.Truncate(handles[0], lastNumber);
            case "rename":
                known.Add(texts[1]);
                known.Remove(texts[0]);
                return new DiskOperation.Rename(texts[0], texts[1]);
            case "unlink" or "unlinkat":
                known.Remove(texts[^1]);
                return new DiskOperation.Remove(texts[^1]);
            case "fsync" or "fdatasync":
                return new DiskOperation.Sync(handles[0]);
            default:
                throw new NotSupportedException($"The journal's folder was touched by {name}, which is not modelled.");
        }
    }

    private static byte[] BytesOf(string arguments)
    {
        string text = TextPattern().Match(arguments).Groups["text"].Value;
        return Convert.FromHexString(text.Replace("\\x", string.Empty, StringComparison.Ordinal));
    }

    private static string Unescape(string text) => text.StartsWith("\\x", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(
            [.. text.Split("\\x", StringSplitOptions.RemoveEmptyEntries)
                .Select(digits => byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))])
        : text;

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex ResumedPattern();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= (?<result>-?\d+)", RegexOptions.Singleline)]
    private static partial Regex CallPattern();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\b\d+<(?<path>[^>]*)>")]
    private static partial Regex HandlePattern();
}
