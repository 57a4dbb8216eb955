using System.Text;
using DklActors.Host.Commands;
using DklActors.Journal.Export;
using DklActors.Journal.Export.Bluesky;
using DklActors.Journal.Export.HyperSpy;
using DklActors.Journal.Export.Points;
using DklActors.Journal.Storage;
using DklActors.Messages.Frames;

namespace DklActors.Host.Journals;

/// <summary>One <c>dkl journal export</c>: the file is there whole or not at all.</summary>
internal sealed class JournalExport(ExportRequest request)
{
    /// <returns>What was written, in words.</returns>
    /// <exception cref="UsageException">The file is there already, or there is nothing to write.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public string Run()
    {
        if (File.Exists(request.Path) && !request.Force)
        {
            throw new UsageException(
                $"{request.Path} is there already; replace it with --force, or name another --out.");
        }

        var run = OpenedRun.Open(request.Run);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.Path))!);
        string unfinished = request.Path + ".part";
        try
        {
            string written;
            using (FileStream file = File.Create(unfinished))
            {
                written = Write(run, file);
            }

            long length = new FileInfo(unfinished).Length;
            File.Move(unfinished, request.Path, overwrite: request.Force);
            return $"{request.Path}: {written}, {ByteText.Of(length)}.";
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private string Write(OpenedRun run, FileStream file)
    {
        switch (request.Format)
        {
            case ExportFormat.Bluesky:
                return WriteDocuments(run, file);
            case ExportFormat.Csv:
                using (var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
                {
                    return $"{DecisionTable.Write(text, PointStories.Of(run.Read()))} points";
                }

            case ExportFormat.Npz:
                RunFrames arrays = FramesOf(run);
                FrameArchive.Write(file, arrays);
                return TextOf(arrays);
            case ExportFormat.Hspy:
                RunFrames frames = FramesOf(run);
                HyperSpyFile.Write(file, frames, request.SignalType);
                return TextOf(frames);
            default:
                throw new InvalidOperationException($"There is no export to {request.Format}.");
        }
    }

    private static string WriteDocuments(OpenedRun run, FileStream file)
    {
        IReadOnlyDictionary<string, long> counts =
            BlueskyWriter.Write(file, BlueskyRun.Documents(run.Read()));
        string ended = counts.ContainsKey("stop") ? string.Empty : "; no stop, since the run has not ended";
        return $"{counts.GetValueOrDefault("descriptor")} streams of {counts.GetValueOrDefault("event")} events{ended}";
    }

    private static RunFrames FramesOf(OpenedRun run) => RunFrames.Of(run.Journal, run.Stream)
        ?? throw new UsageException($"The run in {run.Folder} has no frame yet; measure some points first.");

    private static string TextOf(RunFrames frames) => frames.Sample switch
    {
        PatternFrame pattern => $"{frames.Count} patterns of {pattern.Shape}",
        _ => $"{frames.Count} spectra of {frames.Sample.Counts.Length} channels",
    };
}
