using System.IO.Compression;
using DklActors.Host.Commands;
using DklActors.Host.Journals;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Exporting;

/// <summary>Writes a run in another form, sends it, and forgets it.</summary>
internal sealed class RunExport(DataFolder data)
{
    public const string Backup = "backup";

    private int _number;

    /// <param name="context">Who asks.</param>
    /// <param name="entry">The experiment.</param>
    /// <param name="format">The format; null for a verified copy of the run as it is, zipped.</param>
    /// <exception cref="ApiException">There is nothing to export.</exception>
    public async Task SendAsync(HttpContext context, ExperimentEntry entry, ExportFormat? format)
    {
        string folder = Path.Combine(data.Exports, $"{Interlocked.Increment(ref _number)}");
        try
        {
            Directory.CreateDirectory(folder);
            string file = await Task.Run(
                () => format is { } known ? Export(entry, known, folder) : Copy(entry, folder, context.RequestAborted),
                context.RequestAborted).ConfigureAwait(false);
            HttpResponse response = context.Response;
            Caching.Of(response, isForEver: false);
            response.ContentType = "application/octet-stream";
            response.Headers.ContentDisposition =
                $"attachment; filename=\"{entry.Id}-{Path.GetFileName(file)}\"";
            await response.SendFileAsync(file, context.RequestAborted).ConfigureAwait(false);
        }
        catch (UsageException exception)
        {
            throw ApiException.Conflict(exception.Message, "Export the run once something is measured.");
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Export(ExperimentEntry entry, ExportFormat format, string folder)
    {
        string name = Path.GetFileName(new ExportRequest(entry.Folder, format, null, false, "").Path);
        string path = Path.Combine(folder, name);
        new JournalExport(new ExportRequest(entry.Folder, format, path, Force: false, SignalType: "")).Run();
        return path;
    }

    private static string Copy(ExperimentEntry entry, string folder, CancellationToken cancellation)
    {
        string copy = Path.Combine(folder, entry.Id);
        BackupOutcome outcome = new JournalBackup(entry.Folder, copy).Run(cancellation);
        if (!outcome.Report.IsIntact)
        {
            throw new UsageException($"The copy is damaged: {outcome.Report.FirstFault}");
        }

        string zip = Path.Combine(folder, "backup.zip");
        ZipFile.CreateFromDirectory(copy, zip, CompressionLevel.NoCompression, includeBaseDirectory: true);
        return zip;
    }
}
